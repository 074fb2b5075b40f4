import { Forces } from './forces.ts';
import type { LayoutAnswer, LayoutRequest } from './layout-messages.ts';

/** How often places are sent home: each time, the page has to upload them all to the graphics card. */
const everyMs = 400;

self.onmessage = ({ data }: MessageEvent<LayoutRequest>) => {
  const forces = new Forces(data);
  let sentAt = performance.now();
  for (let round = 0; round < data.rounds; round += 1) {
    forces.step();
    if (performance.now() - sentAt > everyMs) {
      send({ places: forces.places(), done: false });
      sentAt = performance.now();
    }
  }
  send({ places: forces.places(), done: true });
};

function send(answer: LayoutAnswer): void {
  self.postMessage(answer, { transfer: [answer.places.buffer] });
}
