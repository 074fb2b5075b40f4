/** An address book before it is read. */
export interface Source {
  data: Uint8Array<ArrayBuffer> | string;
  /** Helps to tell the format; absent for pasted text. */
  fileName?: string;
  /** What the page calls it: the file's name, "pasted text", or "12 files". */
  label: string;
  /** Whether it looks like all of somebody's contacts, or like a few to add. */
  whole: boolean;
}

const bytesMax = 64 * 1024 * 1024;

/** Why files were not taken, before they were read. */
export class SourceRefused extends Error {
  override readonly name = 'SourceRefused';
}

/** Reads what was dropped or picked. Several vCard files are one address book: some phones write a file for each contact. */
export async function sourceOfFiles(files: readonly File[]): Promise<Source> {
  const [first, ...others] = files;
  if (!first) throw new SourceRefused('No file was chosen.');
  if (files.reduce((sum, file) => sum + file.size, 0) > bytesMax) {
    throw new SourceRefused(
      'That is more than 64 MB. Export the contacts without their pictures and try again.',
    );
  }
  if (others.length > 0 && !files.every(isVcard)) {
    throw new SourceRefused('Several files at once are understood only when all of them are vCards (.vcf).');
  }
  const data = joined(await Promise.all(files.map(async (file) => new Uint8Array(await file.arrayBuffer()))));
  const label = others.length > 0 ? `${files.length} files` : first.name;
  return { data, fileName: first.name, label, whole: true };
}

function isVcard(file: File): boolean {
  return /\.(vcf|vcard)$/i.test(file.name) || /vcard/i.test(file.type);
}

/** With a line break between, for a file need not end with one. */
function joined(parts: readonly Uint8Array<ArrayBuffer>[]): Uint8Array<ArrayBuffer> {
  if (parts.length === 1) return parts[0]!;
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length + 2, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    bytes.set([13, 10], at + part.length);
    at += part.length + 2;
  }
  return bytes;
}
