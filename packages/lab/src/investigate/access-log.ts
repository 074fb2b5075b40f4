import { createRandom, type Random } from '../population/random.ts';

const pages = [
  '/',
  '/shoes',
  '/shoes/12',
  '/cart',
  '/checkout',
  '/search?q=boots',
  '/assets/app.js',
  '/about',
];
const agents = [
  'Mozilla/5.0 (Windows NT 10.0)',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 19_1)',
  'Mozilla/5.0 (X11; Linux x86_64)',
  'Mozilla/5.0 (Macintosh)',
];
const robots = ['Googlebot/2.1', 'bingbot/2.0', 'UptimeRobot/2.0'];
const startMs = Date.UTC(2026, 8, 1);
const dayMs = 86_400_000;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The access log of a shop in its two weeks: visitors who come back, and the robots that every shop has. */
export function* accessLog({ seed, visitors }: { seed: number; visitors: number }): Generator<string> {
  const random = createRandom(seed);
  for (let i = 0; i < visitors; i++) {
    const ip = `73.${random.below(200)}.${random.below(250)}.${random.below(250)}`;
    const agent = agents[random.below(agents.length)] as string;
    for (let visit = 0; visit <= random.below(5); visit++) {
      let at = startMs + random.below(14) * dayMs + random.below(dayMs);
      for (let page = 0; page <= random.below(12); page++) {
        at += random.below(90_000);
        yield entry(ip, at, agent, random);
      }
    }
  }
  for (const [i, robot] of robots.entries()) {
    for (let hour = 0; hour < 14 * 24; hour++)
      yield entry(`66.249.66.${i + 1}`, startMs + hour * 3_600_000, robot, random);
  }
}

function entry(ip: string, at: number, agent: string, random: Random): string {
  const time = new Date(at);
  const two = (value: number): string => String(value).padStart(2, '0');
  const clock = [time.getUTCHours(), time.getUTCMinutes(), time.getUTCSeconds()].map(two).join(':');
  const stamp = `${two(time.getUTCDate())}/${months[time.getUTCMonth()]}/${time.getUTCFullYear()}:${clock} +0000`;
  return `${ip} - - [${stamp}] "GET ${pages[random.below(pages.length)]} HTTP/1.1" 200 ${random.below(9_000)} "-" "${agent}"\n`;
}
