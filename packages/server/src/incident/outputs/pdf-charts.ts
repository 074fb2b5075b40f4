import { worldOutlines } from '@kith/detection';
import type { Figures } from '@kith/protocol/study';
import { placesOf } from './charts.ts';
import { colours, contentWidth, type Sheet } from './pdf-sheet.ts';
import { dayIn, figure } from './words.ts';

/** New numbers a day as bars, cards shown as dots, each to its own scale. */
export function drawDays(sheet: Sheet, { days }: Figures): void {
  const height = 110;
  sheet.room(height + 24);
  const { doc } = sheet;
  const [left, top] = [doc.x + 44, doc.y + 4];
  const width = contentWidth - 44;
  const most = Math.max(...days.map(({ numbers }) => numbers), 1);
  const mostShown = Math.max(...days.map(({ reveals }) => reveals), 1);
  const alt = `New numbers and cards shown by day; at most ${figure(most)} numbers and ${figure(mostShown)} cards on one day.`;
  const places = placesOf(days);
  sheet.tagged(
    'Figure',
    () => {
      doc.fillColor(colours.soft).font('plain', 7.5);
      doc.text(figure(most), left - 48, top, { width: 44, align: 'right', lineBreak: false });
      for (const [index, day] of days.entries()) {
        const x = left + places[index]!.at * width;
        const size = Math.max(places[index]!.size * width - 1, 1);
        const bar = (day.numbers / most) * height;
        doc.rect(x, top + height - bar, size, bar).fill(colours.accent);
        if (day.reveals > 0)
          doc.circle(x + size / 2, top + height - (day.reveals / mostShown) * height, 3).fill(colours.calm);
      }
      doc
        .moveTo(left, top + height)
        .lineTo(left + width, top + height)
        .lineWidth(0.5)
        .stroke(colours.line);
      doc.fillColor(colours.soft).font('plain', 7.5);
      if (days[0]) doc.text(dayIn(days[0].day), left, top + height + 4, { lineBreak: false });
      if (days.length > 1)
        doc.text(dayIn(days.at(-1)!.day), left, top + height + 4, {
          width,
          align: 'right',
          lineBreak: false,
        });
    },
    alt,
  );
  doc.x = left - 44;
  doc.y = top + height + 20;
}

/** The world, countries shaded by how many accounts came from their networks. */
export function drawMap(sheet: Sheet, { countries }: Figures): void {
  const scale = contentWidth / worldOutlines.width;
  const height = worldOutlines.height * scale;
  sheet.room(height + 10);
  const { doc } = sheet;
  const [left, top] = [doc.x, doc.y];
  const accounts = new Map(countries.map((row) => [row.country, row.accounts]));
  const most = Math.max(...countries.filter(({ country }) => country).map((row) => row.accounts), 1);
  const shade = (code: string): number => {
    const count = accounts.get(code) ?? 0;
    return count === 0 ? 0 : 0.2 + (0.8 * count) / most;
  };
  sheet.tagged(
    'Figure',
    () => {
      doc.save().translate(left, top).scale(scale);
      for (const [code, path] of Object.entries(worldOutlines.paths)) {
        doc.path(path).fillOpacity(1).fill(colours.land);
        if (shade(code) > 0) doc.path(path).fillOpacity(shade(code)).fill(colours.accent);
      }
      for (const [code, [x = 0, y = 0]] of Object.entries(worldOutlines.dots)) {
        if (shade(code) > 0) doc.circle(x, y, 4).fillOpacity(shade(code)).fill(colours.accent);
      }
      doc.restore().fillOpacity(1);
    },
    'World map of the countries that traffic left from; the same numbers stand in the table below.',
  );
  doc.x = left;
  doc.y = top + height + 6;
}
