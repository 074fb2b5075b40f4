import { ed25519 } from '@noble/curves/ed25519.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatCheckpoint, parseCheckpoint } from './checkpoint.ts';
import { formatNoteKey, openNote, parseNoteKey, signNote } from './note.ts';
import { fromBase64 } from './text.ts';
import { checkpoint as checkpointExample, note as noteExample } from './vectors.testing.ts';

const peter = parseNoteKey(noteExample.key)!;
const seed = fromBase64(noteExample.secret.replace(/^PRIVATE.KEY.[^+]+.[^+]+./, ''))!.subarray(1);
const published = `${noteExample.text}\n${noteExample.signature}`;

describe('a signed note', () => {
  it('is signed byte for byte like the published example', () => {
    expect(signNote(noteExample.text, peter, (message) => ed25519.sign(message, seed))).toBe(published);
    expect(ed25519.getPublicKey(seed)).toEqual(peter.publicKey);
  });

  it('opens with the key that signed it', () => {
    expect(openNote(published, peter)).toEqual({ ok: true, text: noteExample.text });
    expect(formatNoteKey(peter)).toBe(noteExample.key);
  });

  it('opens with a witness beside the signature, in either order', () => {
    const witness = '— witness.example/w1 AAAAAQECAwQFBgc=\n';
    const before = `${noteExample.text}\n${witness}${noteExample.signature}`;
    expect(openNote(`${published}${witness}`, peter)).toEqual({ ok: true, text: noteExample.text });
    expect(openNote(before, peter)).toEqual({ ok: true, text: noteExample.text });
  });

  it('is unsigned to any other key, also one of the same name', () => {
    expect(openNote(published, { ...peter, name: 'EnochRoot' })).toEqual({ ok: false, reason: 'unsigned' });
    const publicKey = ed25519.getPublicKey(new Uint8Array(32).fill(7));
    expect(openNote(published, { ...peter, publicKey })).toEqual({ ok: false, reason: 'unsigned' });
  });

  it('is forged when its text or signature is altered', () => {
    const altered = published.replace('answer', 'answers');
    expect(openNote(altered, peter)).toEqual({ ok: false, reason: 'forged' });
    const flipped = published.replace('UG/SffcvI', 'UG/SffcvJ');
    expect(openNote(flipped, peter)).toEqual({ ok: false, reason: 'forged' });
  });

  it.each([
    ['', 'nothing'],
    [noteExample.text, 'no signatures'],
    [published.slice(0, -1), 'no last newline'],
    [published.replace('—', '-'), 'a hyphen for the dash'],
    [published.replace(' x08go', '  x08go'), 'two spaces'],
    [published.replace('answer', 'ans\twer'), 'a control character'],
    [published.replace('wJnAM=', 'wJnAN='), 'base64 with loose bits'],
    [`${published}\n`, 'an empty line at the end'],
  ])('is malformed, not trusted and not thrown at: %j (%s)', (text) => {
    expect(openNote(text, peter)).toEqual({ ok: false, reason: 'malformed' });
  });

  it('never opens with any one character changed', () => {
    fc.assert(
      fc.property(fc.nat({ max: published.length - 1 }), fc.string({ maxLength: 1 }), (at, character) => {
        fc.pre(published[at] !== character);
        const changed = published.slice(0, at) + character + published.slice(at + 1);
        expect(openNote(changed, peter).ok).toBe(false);
      }),
      { numRuns: 150 },
    );
  });

  it('refuses a text or a key name that would make another note of it', () => {
    const sign = () => new Uint8Array(64);
    expect(() => signNote('no newline', peter, sign)).toThrow(TypeError);
    expect(() => signNote('text\n', { ...peter, name: 'two words' }, sign)).toThrow(TypeError);
    expect(() => signNote('text\n', { ...peter, name: 'a+b' }, sign)).toThrow(TypeError);
  });

  it.each([
    'PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
    'PeterNeumann+c74f20a3+AhpcMQcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
    'PeterNeumann+c74f20a3',
    '',
  ])('does not take %j for a key', (text) => {
    expect(parseNoteKey(text)).toBeUndefined();
  });
});

describe('a checkpoint', () => {
  it('reads and writes the published example', () => {
    const parsed = parseCheckpoint(checkpointExample.text)!;
    expect(parsed).toMatchObject({ origin: 'example.com/behind-the-sofa', size: 20_852_163 });
    expect(formatCheckpoint(parsed)).toBe(checkpointExample.text);
  });

  it('reads over extension lines', () => {
    expect(parseCheckpoint(`${checkpointExample.text}extra\n`)?.size).toBe(20_852_163);
  });

  it.each([
    '',
    '\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n',
    'o\n01\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n',
    'o\n-1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n',
    'o\n9999999999999999\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n',
    'o\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxqw==\n',
    'o\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=',
    'o\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n',
  ])('is not %j', (text) => {
    expect(parseCheckpoint(text)).toBeUndefined();
  });
});
