import type { NodeHoverDrawingFunction, NodeLabelDrawingFunction } from 'sigma/rendering';

const roundness = 5;

/** Draws a label with a rim in the colour of the ground, so that it can be read across what lies under it. */
export function labelIn(paper: string, ink: string): NodeLabelDrawingFunction {
  return (context, data, { labelSize, labelFont, labelWeight }) => {
    if (!data.label) return;
    const [x, y] = [data.x + data.size + 3, data.y + labelSize / 3];
    context.font = `${labelWeight} ${labelSize}px ${labelFont}`;
    context.lineJoin = 'round';
    context.lineWidth = labelSize / 3;
    context.strokeStyle = paper;
    context.strokeText(data.label, x, y);
    context.fillStyle = ink;
    context.fillText(data.label, x, y);
  };
}

/** Draws the label under the pointer on a plate in the colours of the theme; the library's own is white in any. */
export function hoverIn(paper: string, ink: string, line: string): NodeHoverDrawingFunction {
  return (context, data, settings) => {
    const { labelSize, labelFont, labelWeight } = settings;
    context.font = `${labelWeight} ${labelSize}px ${labelFont}`;
    context.strokeStyle = ink;
    context.lineWidth = 2;
    context.beginPath();
    context.arc(data.x, data.y, data.size + 2, 0, Math.PI * 2);
    context.stroke();
    if (!data.label) return;
    const width = context.measureText(data.label).width + 14;
    const height = labelSize + 12;
    context.fillStyle = paper;
    context.strokeStyle = line;
    context.lineWidth = 1;
    context.beginPath();
    context.roundRect(data.x + data.size + 5, data.y - height / 2, width, height, roundness);
    context.fill();
    context.stroke();
    context.fillStyle = ink;
    context.fillText(data.label, data.x + data.size + 12, data.y + labelSize / 3);
  };
}
