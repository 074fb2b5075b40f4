import { EdgeRectangleProgram, NodeCircleProgram } from 'sigma/rendering';
import type { EdgeDisplayData, NodeDisplayData } from 'sigma/types';

/**
 * The discs and lines of sigma.js, sent to the graphics card corner by corner; see docs/decisions/104.
 *
 * The library sends one shape and has it drawn so many times ("instanced"). Where WebGL is drawn by software each of those
 * times costs nearly as much as a drawing by itself. The shaders are the library's own, so the picture is the same.
 */

/** How the library describes a shape: corners, what each of them says, and what is said of all. */
type Definition =
  | ReturnType<NodeCircleProgram['getDefinition']>
  | ReturnType<EdgeRectangleProgram['getDefinition']>;

/** What was said once for every shape becomes something that each of its corners says. */
function spelledOut<Given extends Definition>({
  CONSTANT_ATTRIBUTES,
  CONSTANT_DATA: _,
  ...rest
}: Given): Given {
  // The library tells the two kinds apart by whether the constants are there.
  return { ...rest, ATTRIBUTES: [...rest.ATTRIBUTES, ...CONSTANT_ATTRIBUTES] } as never;
}

/** Copies what has been written for a shape's first corner to all of its corners, each with what sets it apart. */
function spell(array: Float32Array, start: number, perCorner: number, corners: readonly number[][]): void {
  corners.forEach((own, corner) => {
    const at = start + corner * perCorner;
    array.copyWithin(at, start, start + perCorner - own.length);
    array.set(own, at + perCorner - own.length);
  });
}

export class Discs extends NodeCircleProgram {
  readonly #corners = super.getDefinition().CONSTANT_DATA;

  override getDefinition() {
    return spelledOut(super.getDefinition());
  }

  override processVisibleItem(id: number, start: number, data: NodeDisplayData): void {
    super.processVisibleItem(id, start, data);
    spell(this.array, start, this.ATTRIBUTES_ITEMS_COUNT, this.#corners);
  }
}

export class Lines extends EdgeRectangleProgram {
  readonly #corners = super.getDefinition().CONSTANT_DATA;

  override getDefinition() {
    return spelledOut(super.getDefinition());
  }

  override processVisibleItem(
    id: number,
    start: number,
    from: NodeDisplayData,
    to: NodeDisplayData,
    data: EdgeDisplayData,
  ): void {
    super.processVisibleItem(id, start, from, to, data);
    spell(this.array, start, this.ATTRIBUTES_ITEMS_COUNT, this.#corners);
  }
}
