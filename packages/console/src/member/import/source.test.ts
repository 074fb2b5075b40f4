import { describe, expect, it } from 'vitest';
import { SourceRefused, sourceOfFiles } from './source.ts';

const file = (name: string, text: string) => new File([text], name);
const textOf = (data: Uint8Array | string) =>
  typeof data === 'string' ? data : new TextDecoder().decode(data);

describe('files', () => {
  it('are an address book under their own name', async () => {
    const source = await sourceOfFiles([file('contacts.csv', 'Name,Phone\n')]);
    expect(source).toMatchObject({ fileName: 'contacts.csv', label: 'contacts.csv', whole: true });
    expect(textOf(source.data)).toBe('Name,Phone\n');
  });

  it('are joined when each is a vCard', async () => {
    const source = await sourceOfFiles([file('a.vcf', 'A'), file('b.VCF', 'B')]);
    expect(textOf(source.data)).toBe('A\r\nB\r\n');
    expect(source.label).toBe('2 files');
  });

  it('are refused in other mixtures', async () => {
    await expect(sourceOfFiles([file('a.vcf', 'A'), file('b.csv', 'B')])).rejects.toThrow(SourceRefused);
    await expect(sourceOfFiles([])).rejects.toThrow(SourceRefused);
  });

  it('are refused above 64 MB before they are read', async () => {
    const huge = { name: 'huge.vcf', size: 2 ** 27 } as File;
    await expect(sourceOfFiles([huge])).rejects.toThrow(/64 MB/);
  });
});
