import { describe, expect, it } from 'vitest';
import { toNumbers } from '../address-book.ts';
import { readAddressBook } from '../read-address-book.ts';

function summary(input: string | Uint8Array, region?: string) {
  const book = readAddressBook(input, region ? { region } : {});
  return {
    format: book.format,
    contacts: book.contacts.map(({ name, entries }) => [
      name,
      ...entries.map(({ number, rejection }) => number ?? rejection),
    ]),
    problems: book.problems.map(({ line, code }) => `${line} ${code}`),
  };
}

const iphone = `BEGIN:VCARD
VERSION:3.0
PRODID:-//Apple Inc.//iPhone OS 17.2//EN
N:Archer;Ann;B.;Dr.;
FN:Dr. Ann B. Archer
ORG:Acme\\, Inc.;
TEL;type=CELL;type=VOICE;type=pref:+44 20 7946 0018
item1.TEL;type=HOME:020\u00a07946\u00a00019
item1.X-ABLabel:_$!<HomeFAX>!$_
item2.ADR;type=HOME;type=pref:;;1 Long Street\\nFlat 2;Leeds;;LS1 1AA;United
 Kingdom
PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRgABAQAASABIAAD/4QBMRXhpZgAATU0AKgAAAAg
 AAYdpAAQAAAABAAAAGgAAAAAAA6ABAAMAAAABAAEAAKACAAQAAAABAAAAZKADAAQAAAABAAAAZAAA
 AAD//TEL:+442079460099
END:VCARD
`;

const android = `BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:;=D0=90=D0=BD=D0=BD=D0=B0=20=D0=98=D0=B2=D0=B0=D0=BD=
=D0=BE=D0=B2=D0=B0;;;
FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D0=90=D0=BD=D0=BD=D0=B0=20=D0=98=D0=B2=D0=B0=D0=BD=
=D0=BE=D0=B2=D0=B0
TEL;CELL;PREF:8 (912) 345-67-89
TEL;X-CUSTOM(CHARSET=UTF-8,ENCODING=QUOTED-PRINTABLE,=D0=A5):+79123456780
PHOTO;ENCODING=BASE64;JPEG:/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAEBAQEBAQEBAQEBAQEB
AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAf==

END:VCARD
BEGIN:VCARD
VERSION:2.1
N:;Bob;;;
TEL;HOME;VOICE:4956480001
END:VCARD
`;

const version4 = `BEGIN:VCARD
VERSION:4.0
UID:urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1
FN;PID=1.1:J. Doe
N:Doe;J.;;;
TEL;VALUE=uri;PREF=1;TYPE="voice,home":tel:+1-213-373-4253;ext=102
TEL;VALUE=uri;TYPE=cell;LABEL="Work: main; 2nd":tel:+44-20-7946-0018
TEL;VALUE=text;TYPE=fax:+44 20 7946 0019
END:VCARD`;

const outlookCard = `BEGIN:VCARD
VERSION:2.1
X-MS-OL-DEFAULT-POSTAL-ADDRESS:0
N;LANGUAGE=de;CHARSET=Windows-1252:M\u00fcller;\u00c4nne
FN;CHARSET=Windows-1252;ENCODING=QUOTED-PRINTABLE:=C4nne M=FCller
TEL;WORK;VOICE:+49 (30) 123456
TEL;CELL;VOICE:0151 / 23456789
X-MS-CARDPICTURE;TYPE=JPEG;ENCODING=BASE64:
 /9j/4AAQSkZJRgABAQEAYABgAAD/2wBDAAgGBgcGBQgHBwcJCQgKDBQNDAsLDBkSEw8UHRofHh0a

REV:20261101T120000Z
END:VCARD
`;

describe('vCards', () => {
  it('are read from an iPhone', () => {
    expect(summary(iphone, 'GB')).toEqual({
      format: 'vcard',
      contacts: [['Dr. Ann B. Archer', '+442079460018', '+442079460019']],
      problems: [],
    });
  });

  it('are read from Android: version 2.1, quoted-printable, photos that are not folded', () => {
    expect(summary(android, 'RU')).toEqual({
      format: 'vcard',
      contacts: [
        ['Анна Иванова', '+79123456789', '+79123456780'],
        ['Bob', '+74956480001'],
      ],
      problems: [],
    });
  });

  it('are read in version 4.0, with numbers as URIs and quoted parameters', () => {
    expect(summary(version4)).toEqual({
      format: 'vcard',
      contacts: [['J. Doe', '+12133734253', '+442079460018', '+442079460019']],
      problems: [],
    });
  });

  it('are read from Outlook, in its character set', () => {
    expect(summary(outlookCard, 'DE')).toEqual({
      format: 'vcard',
      contacts: [['Änne Müller', '+4930123456', '+4915123456789']],
      problems: [],
    });
  });

  it('are the same with any line ends, byte order mark and encoding', () => {
    const expected = summary(android, 'RU');
    const utf16 = (littleEndian: boolean, mark: string) => {
      const text = mark + android;
      const view = new DataView(new ArrayBuffer(text.length * 2));
      for (let at = 0; at < text.length; at += 1) view.setUint16(at * 2, text.charCodeAt(at), littleEndian);
      return new Uint8Array(view.buffer);
    };
    const bytes = new TextEncoder();
    for (const input of [
      android.replaceAll('\n', '\r\n'),
      android.replaceAll('\n', '\r'),
      android.replaceAll('\n', '\r\r\n'),
      `\ufeff${android}`,
      bytes.encode(android),
      bytes.encode(`\ufeff${android}`),
      utf16(true, '\ufeff'),
      utf16(false, '\ufeff'),
      utf16(true, ''),
      utf16(false, ''),
    ]) {
      expect(summary(input, 'RU')).toEqual(expected);
    }
  });

  it('are named by what they have: name, parts, nickname, organisation, mail', () => {
    const card = (line: string) => `BEGIN:VCARD\n${line}\nTEL:+442079460018\nEND:VCARD\n`;
    const lines = [
      'FN:Ann\\, the \\\\ 1st',
      'N:Archer;Ann;;Dr\\; h.c.;Jr',
      'FN:\nNICKNAME:Annie',
      'ORG:Acme;Sales',
      'EMAIL:a@example.com',
      '',
    ];
    const names = summary(lines.map(card).join('')).contacts.map(([name]) => name);
    expect(names).toEqual([
      'Ann, the \\ 1st',
      'Dr; h.c. Ann Archer Jr',
      'Annie',
      'Acme, Sales',
      'a@example.com',
      '',
    ]);
  });

  it('keep contacts without numbers, and numbers that mean nothing with the reason', () => {
    expect(
      summary(
        'BEGIN:VCARD\nFN:Ann\nEND:VCARD\nBEGIN:VCARD\nFN:Bob\nTEL:\nTEL:ask me\nTEL:020 794\nEND:VCARD',
        'GB',
      ).contacts,
    ).toEqual([['Ann'], ['Bob', 'not_a_number', 'too_short']]);
  });

  it('unfold: a space goes in 3.0 and counts in 2.1', () => {
    const folded = (version: string) =>
      `BEGIN:VCARD\nVERSION:${version}\nFN:Ann\n  Archer\nTEL:+44\n 2079460018\nEND:VCARD`;
    expect(summary(folded('3.0')).contacts).toEqual([['Ann Archer', '+442079460018']]);
    expect(summary(folded('2.1')).contacts).toEqual([['Ann  Archer', '+442079460018']]);
  });

  it('are found around text, and every problem has its line', () => {
    const text =
      'hello\nagain\nBEGIN:VCARD\nFN:Ann\nrubbish\nTEL:+442079460018\nEND:VCARD\nEND:VCARD\nbegin:vcard\nTEL:+442079460019\nN;ENCODING=QUOTED-PRINTABLE;CHARSET=x-none:Z=C3=AB;;;;\n';
    expect(summary(text)).toEqual({
      format: 'vcard',
      contacts: [
        ['Ann', '+442079460018'],
        ['Zë', '+442079460019'],
      ],
      problems: [
        '1 outside_card',
        '5 property_without_value',
        '8 end_without_begin',
        '9 card_not_closed',
        '11 charset_unknown',
      ],
    });
  });

  it('inside cards are contacts of their own', () => {
    const text =
      'BEGIN:VCARD\nFN:Ann\nAGENT:\nBEGIN:VCARD\nFN:Bob\nTEL:+442079460019\nEND:VCARD\nTEL:+442079460018\nEND:VCARD';
    expect(summary(text).contacts).toEqual([
      ['Ann', '+442079460018'],
      ['Bob', '+442079460019'],
    ]);
  });

  it('hold each number once in what is sent', () => {
    expect(toNumbers(readAddressBook(iphone + version4 + iphone, { region: 'GB' }))).toEqual([
      '+442079460018',
      '+442079460019',
      '+12133734253',
    ]);
  });
});
