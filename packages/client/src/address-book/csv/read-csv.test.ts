import { describe, expect, it } from 'vitest';
import { toNumbers } from '../address-book.ts';
import { readAddressBook } from '../read-address-book.ts';

function summary(text: string, region?: string, fileName = 'contacts.csv') {
  const book = readAddressBook(text, { fileName, ...(region ? { region } : {}) });
  return {
    format: book.format,
    names: book.contacts.map(({ name }) => name),
    numbers: toNumbers(book),
    problems: book.problems.map(({ line, code }) => `${line} ${code}`),
  };
}

const googleOld = `Name,Given Name,Additional Name,Family Name,Notes,Group Membership,E-mail 1 - Type,E-mail 1 - Value,Phone 1 - Type,Phone 1 - Value,Phone 2 - Type,Phone 2 - Value,Organization 1 - Name
Ann Archer,Ann,,Archer,"Met in
Leeds, 2019",* myContacts,Home,ann@example.com,Mobile,020 7946 0018 ::: +44 20 7946 0019,Work,+1 213-373-4253,
,,,,,* myContacts,,,Mobile,+442079460020,,,"Acme, Inc."
Bob,Bob,,,,* myContacts,* ,bob@example.com,,,,,
`;

const googleNew = `First Name,Middle Name,Last Name,Phonetic First Name,Nickname,Organization Name,Birthday,Notes,Labels,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value,Phone 2 - Label,Phone 2 - Value\r
Ann,B.,Archer,,,,1990-01-05,,* myContacts,,,Mobile,+442079460018,Home,(020) 7946 0019\r
,,,,Zed,,,,* myContacts,,,,0207 946 0020,,\r
`;

const outlook = `"First Name","Middle Name","Last Name","Title","Suffix","Company","Business Fax","Business Phone","Business Phone 2","Car Phone","Company Main Phone","Home Phone","Mobile Phone","Other Phone","Pager","E-mail Address","Notes"
"Ann","","Archer","","","Acme","","(020) 7946-0018","","","","","+44 20 7946 0019","","","ann@example.com",""
"","","","","","Acme","","","","","020 7946 0020","","","","","",""
`;

const outlookGerman = `"Anrede";"Vorname";"Weitere Vornamen";"Nachname";"Firma";"Telefon geschäftlich";"Telefon (privat)";"Mobiltelefon";"E-Mail-Adresse"
"Frau";"Änne";"";"Müller";"";"030 123456";"";"0151 23456789";"aenne@example.com"
`;

const outlookFrench = `"Titre","Prénom","Deuxième prénom","Nom","Société","Téléphone (bureau)","Téléphone (domicile)","Tél. mobile"
"","Zoé","","Martin","","01 23 45 67 89","","06 12 34 56 78"
`;

describe('CSV of Google', () => {
  it('is read in its old form, with several numbers in a field', () => {
    expect(summary(googleOld, 'GB')).toEqual({
      format: 'google-csv',
      names: ['Ann Archer', 'Acme, Inc.', 'Bob'],
      numbers: ['+442079460018', '+442079460019', '+12133734253', '+442079460020'],
      problems: [],
    });
  });

  it('is read in its new form', () => {
    expect(summary(googleNew, 'GB')).toEqual({
      format: 'google-csv',
      names: ['Ann B. Archer', 'Zed'],
      numbers: ['+442079460018', '+442079460019', '+442079460020'],
      problems: [],
    });
  });
});

describe('CSV of Outlook', () => {
  it('is read in English', () => {
    expect(summary(outlook, 'GB')).toEqual({
      format: 'outlook-csv',
      names: ['Ann Archer', 'Acme'],
      numbers: ['+442079460018', '+442079460019', '+442079460020'],
      problems: [],
    });
  });

  it.each([
    ['German', outlookGerman, 'DE', 'Änne Müller', ['+4930123456', '+4915123456789']],
    ['French', outlookFrench, 'FR', 'Zoé Martin', ['+33123456789', '+33612345678']],
    [
      'Spanish',
      'Título,Nombre,Segundo nombre,Apellidos,Teléfono del trabajo,Teléfono particular,Número de móvil\n,Íñigo,,Ruiz,,,612 34 56 78',
      'ES',
      'Íñigo Ruiz',
      ['+34612345678'],
    ],
    [
      'Brazilian',
      'Nome,Segundo nome,Sobrenome,Telefone comercial,Telefone residencial,Telefone celular\nJoão,,Silva,,,(11) 96123-4567',
      'BR',
      'João Silva',
      ['+5511961234567'],
    ],
    [
      'Italian',
      'Nome;Secondo nome;Cognome;Ufficio;Abitazione;Cellulare\nAda;;Rossi;06 6982;;312 345 6789',
      'IT',
      'Ada Rossi',
      ['+39066982', '+393123456789'],
    ],
    [
      'Dutch',
      'Voornaam,Achternaam,Telefoon op werk,Telefoon thuis,Mobiele telefoon\nJan,Jansen,,,06 12345678',
      'NL',
      'Jan Jansen',
      ['+31612345678'],
    ],
    [
      'Polish',
      'Imię,Nazwisko,Telefon służbowy,Telefon domowy,Telefon komórkowy\nEwa,Nowak,,,512 345 678',
      'PL',
      'Ewa Nowak',
      ['+48512345678'],
    ],
    [
      'Russian',
      'Имя,Отчество,Фамилия,Рабочий телефон,Домашний телефон,Мобильный телефон\nАнна,,Иванова,,,8 (912) 345-67-89',
      'RU',
      'Анна Иванова',
      ['+79123456789'],
    ],
    [
      'Japanese',
      '名,ミドル ネーム,姓,会社電話,自宅電話,携帯電話\n花子,,山田,,,090-1234-5678',
      'JP',
      '花子 山田',
      ['+819012345678'],
    ],
    ['Chinese', '名,姓,商务电话,住宅电话,移动电话\n丽,王,,,131 2345 6789', 'CN', '丽 王', ['+8613123456789']],
  ])('is read in %s', (_, text, region, name, numbers) => {
    expect(summary(text, region)).toEqual({ format: 'outlook-csv', names: [name], numbers, problems: [] });
  });
});

describe('any other table', () => {
  it.each([
    ['commas', 'Name,Phone\nAnn,+442079460018'],
    ['semicolons', 'name;phone\r\nAnn;+442079460018\r\n'],
    ['tabs', 'Full name\tMobile\nAnn\t+442079460018'],
    ['a declared delimiter', 'sep=|\nName|Tel.\nAnn|+442079460018'],
    ['a byte order mark', '\ufeffName,Phone number\nAnn,+442079460018'],
    ['quoted headers over two lines', '"Contact","Phone\nnumber"\nAnn,+442079460018'],
    ['a formula that keeps digits', 'Name,Number\nAnn,"=""+442079460018"""'],
    ['headers in no known language', 'Onoma,Zenbakia\nAnn,+442079460018\nBob,'],
  ])('is read with %s', (_, text) => {
    const read = summary(text);
    expect({
      format: read.format,
      name: read.names[0],
      numbers: read.numbers,
      problems: read.problems,
    }).toEqual({
      format: 'csv',
      name: 'Ann',
      numbers: ['+442079460018'],
      problems: [],
    });
  });

  it('is read without headers', () => {
    expect(summary('17,Ann,+442079460018,x\n18,Bob,+442079460019,y').numbers).toEqual([
      '+442079460018',
      '+442079460019',
    ]);
    expect(summary('17,Ann,+442079460018,x\n18,Bob,+442079460019,y').names).toEqual(['Ann', 'Bob']);
  });

  it('gives each cell of a phone column its numbers, and each row its name', () => {
    const text =
      'Vorname,Name,Telefon,Telefon Typ,Handy\nÄnne,Müller,"030 123456; 030 123457",privat,"0151 23456789\n0151 23456780"';
    expect(summary(text, 'DE')).toMatchObject({
      names: ['Änne Müller'],
      numbers: ['+4930123456', '+4930123457', '+4915123456789', '+4915123456780'],
    });
  });

  it('tells rows of another width, numbers that a spreadsheet has rounded, and tables without numbers', () => {
    expect(summary('Name,Phone\nAnn\nBob,4.42079E+11\nCid,+442079460018,x')).toMatchObject({
      numbers: ['+442079460018'],
      problems: ['2 field_count', '3 number_rounded', '4 field_count'],
    });
    expect(summary('City,Country\nLeeds,UK').problems).toContain('1 no_phone_column');
  });

  it('is told from pasted text by its headers, where no file name tells', () => {
    expect(summary('Name,Phone\nAnn,+442079460018', undefined, '').format).toBe('csv');
    expect(summary('Ann, +442079460018\nBob, +442079460019', undefined, '').format).toBe('text');
    expect(
      summary('Hello, these are the phone numbers of my friends:\nAnn +442079460018', undefined, ''),
    ).toMatchObject({
      format: 'text',
      numbers: ['+442079460018'],
    });
  });
});
