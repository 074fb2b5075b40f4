import type Sigma from 'sigma';

const layers = ['edges', 'nodes', 'labels'];

/** What is on the stage as a PNG, twice as sharp as on the page, on the page's own ground. */
export async function pictureOf(sigma: Sigma, paper: string): Promise<Blob> {
  const { width, height } = sigma.getDimensions();
  const scale = 2;
  const paintBox = document.createElement('div');
  Object.assign(paintBox.style, {
    position: 'fixed',
    insetInlineStart: '-99999px',
    inlineSize: `${width * scale}px`,
    blockSize: `${height * scale}px`,
  });
  document.body.append(paintBox);
  const { default: Stage } = await import('sigma');
  const settings = sigma.getSettings();
  const copy = new Stage(sigma.getGraph(), paintBox, {
    ...settings,
    labelSize: settings.labelSize * scale,
    zoomToSizeRatioFunction: (ratio) => settings.zoomToSizeRatioFunction(ratio) / scale,
  });
  try {
    const box = sigma.getCustomBBox();
    if (box) copy.setCustomBBox(box);
    copy.getCamera().setState(sigma.getCamera().getState());
    // The buffers of WebGL are empty again after this turn of the event loop, so all is drawn and read within it.
    copy.refresh();
    return await composed(copy, paper);
  } finally {
    copy.kill();
    paintBox.remove();
  }
}

function composed(sigma: Sigma, paper: string): Promise<Blob> {
  const canvases = sigma.getCanvases();
  const first = canvases[layers[0]!]!;
  const whole = document.createElement('canvas');
  whole.width = first.width;
  whole.height = first.height;
  const context = whole.getContext('2d');
  if (!context) throw new TypeError('the browser has no canvas');
  context.fillStyle = paper;
  context.fillRect(0, 0, whole.width, whole.height);
  for (const layer of layers) context.drawImage(canvases[layer]!, 0, 0);
  return new Promise((resolve, reject) => {
    whole.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new TypeError('no picture came out'))),
      'image/png',
    );
  });
}
