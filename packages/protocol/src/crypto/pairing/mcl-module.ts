import mcl from 'mcl-wasm';

/** The parts of mcl's raw interface that its typed one leaves out. `out`, `a`, `b`: the limbs of its objects. */
interface MclRaw {
  callOp2(run: unknown, out: Uint32Array, a: Uint32Array, b: Uint32Array): void;
  sallocBytes(bytes: Uint8Array): number;
  salloc(limbs: Uint32Array): number;
  copyFromHeap32(limbs: Uint32Array, pointer: number): void;
  stackSave(): number;
  stackRestore(stack: number): void;
  _mclBnG1_mulCT: unknown;
  _mclBnG2_mulCT: unknown;
  _mclBnG1_hashAndMapToWithDst: HashAndMap;
  _mclBnG2_hashAndMapToWithDst: HashAndMap;
}
type HashAndMap = (out: number, message: number, length: number, tag: number, tagLength: number) => number;
type Mcl = typeof mcl;
export type MclG1 = InstanceType<Mcl['G1']>;
export type MclG2 = InstanceType<Mcl['G2']>;
export type MclFr = InstanceType<Mcl['Fr']>;
type WithLimbs = { a_: Uint32Array };

let loading: Promise<MclModule> | undefined;

/** mcl set up for BLS12-381 with ZCash encodings, RFC 9380 maps and subgroup checks; once a process, for its state is global. */
export function loadMcl(): Promise<MclModule> {
  loading ??= setUp();
  return loading;
}

async function setUp(): Promise<MclModule> {
  await mcl.init(mcl.BLS12_381);
  mcl.setETHserialization(true);
  mcl.setMapToMode(mcl.IRTF);
  mcl.verifyOrderG1(true);
  mcl.verifyOrderG2(true);
  return new MclModule((mcl as unknown as { mod: MclRaw }).mod);
}

/** mcl with two things its objects do not offer: multiplication without branches on the scalar, and hashing under one's own tag. */
export class MclModule {
  readonly mcl: Mcl = mcl;
  private readonly raw: MclRaw;

  constructor(raw: MclRaw) {
    this.raw = raw;
  }

  multiplyG1(point: MclG1, scalar: MclFr): MclG1 {
    return this.operate(this.raw._mclBnG1_mulCT, new mcl.G1(), point, scalar);
  }

  multiplyG2(point: MclG2, scalar: MclFr): MclG2 {
    return this.operate(this.raw._mclBnG2_mulCT, new mcl.G2(), point, scalar);
  }

  hashToG1(message: Uint8Array, tag: Uint8Array): MclG1 {
    return this.hash(this.raw._mclBnG1_hashAndMapToWithDst, new mcl.G1(), message, tag);
  }

  hashToG2(message: Uint8Array, tag: Uint8Array): MclG2 {
    return this.hash(this.raw._mclBnG2_hashAndMapToWithDst, new mcl.G2(), message, tag);
  }

  private operate<P>(run: unknown, out: P, point: P, scalar: MclFr): P {
    this.raw.callOp2(run, limbs(out), limbs(point), limbs(scalar));
    return out;
  }

  private hash<P>(run: HashAndMap, out: P, message: Uint8Array, tag: Uint8Array): P {
    const { raw } = this;
    const stack = raw.stackSave();
    try {
      const pointer = raw.salloc(limbs(out));
      run(pointer, raw.sallocBytes(message), message.length, raw.sallocBytes(tag), tag.length);
      raw.copyFromHeap32(limbs(out), pointer);
      return out;
    } finally {
      raw.stackRestore(stack);
    }
  }
}

function limbs(value: unknown): Uint32Array {
  return (value as WithLimbs).a_;
}
