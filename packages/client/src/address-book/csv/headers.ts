/** What the columns of a table hold, each by index. */
export interface Columns {
  readonly phones: readonly number[];
  readonly full: number | undefined;
  readonly given: number | undefined;
  readonly middle: number | undefined;
  readonly family: number | undefined;
  /** What names a row without a person's name, best first: nickname, company, e-mail. */
  readonly fallback: readonly number[];
}

/** A header longer than this is a sentence. */
const headerLengthMax = 60;

/** More columns than any export has; the rest of such a table is not looked at. */
export const columnsMax = 500;

const googlePhone = /^phone \d+ - value$/;
const phoneStem =
  /phone|telef|\btel\b|mobil|handy|\bcell|celular|movil|\bgsm\b|komork|\bcep\b|puhelin|телефон|мобильн|сотов|電話|携帯|电话|电話|手机|手機|行動|移动|전화|휴대|핸드폰|هاتف|جوال|موبايل|טלפון|נייד|โทรศัพท์|मोबाइल|फ़ोन|τηλεφων|κινητ|\bfax\b|faks|telecopie|\bpager\b|\bmsisdn\b/u;
const phoneExact = /^(?:number|phone ?#|numero|nummer|numer|no\.?|nr\.?|номер|番号|号码|번호|رقم)$/u;
/** Columns about a phone that hold none. */
const notPhone = /type|label|\btyp\b|extension|country ?code|vorwahl|provider|carrier|model|e-?mail/u;

const givenNames =
  /^(?:(?:first|given) ?name|first|vorname|prenom|nombre|nome|voornaam|imie|fornamn|fornavn|etunimi|ad|adi|keresztnev|jmeno|prenume|имя|імя|名|given|이름|الاسم الأول|שם פרטי|ονομα)$/u;
const middleNames =
  /^(?:(?:middle|additional) ?names?|weitere vornamen|zweiter vorname|deuxieme prenom|segundo nombre|segundo nome|nome do meio|secondo nome|tweede voornaam|drugie imie|отчество|второе имя|ミドル ネーム|中间名)$/u;
const familyNames =
  /^(?:(?:last|family) ?name|surname|last|nachname|familienname|apellidos?|sobrenome|apelido|ultimo nome|cognome|achternaam|nazwisko|efternamn|efternavn|etternavn|sukunimi|soyad|soyadi|vezeteknev|prijmeni|nume|фамилия|прізвище|姓|성|اسم العائلة|שם משפחה|επωνυμο)$/u;
const fullNames =
  /^(?:name|full ?name|display ?name|contact(?: name)?|file as|anzeigename|kontakt|nom|nom complet|nombre completo|nome completo|volledige naam|naam|namn|navn|nimi|imie i nazwisko|фио|контакт|полное имя|氏名|名前|姓名|성명|الاسم|שם|ονοματεπωνυμο)$/u;
const fallbackNames = [
  /^(?:nickname|spitzname|surnom|alias|apodo|apelido|soprannome|bijnaam)$/u,
  /^(?:company|organi[sz]ation(?: name| 1 - name)?|firma|societe|entreprise|empresa|compania|organizacion|azienda|societa|bedrijf|организация|компания|会社名?|公司|单位|회사)$/u,
  /^(?:e-?mail(?: address| 1 - value)?|e-?mail-?adresse|adresse (?:de messagerie|e-?mail)|correo electronico|direccion de correo electronico|posta elettronica|e-?mailadres|электронная почта|адрес эл\. почты)$/u,
] as const;

/**
 * The phone columns that Outlook writes, in languages that it is much used in. Which table it is only decides the
 * name of the format; columns are read by their stems.
 */
const outlookPhone = new Set(
  [
    'business phone, business phone 2, home phone, home phone 2, mobile phone, other phone, primary phone, company main phone',
    'telefon geschäftlich, telefon geschäftlich 2, telefon (geschäftlich), telefon (geschäftlich 2), telefon privat, telefon privat 2, telefon (privat), telefon (privat 2), mobiltelefon, weiteres telefon, haupttelefon, telefon firma, telefon (firma)',
    'téléphone (bureau), téléphone 2 (bureau), téléphone (domicile), téléphone 2 (domicile), tél. mobile, téléphone (autre), téléphone principal, téléphone société',
    'teléfono del trabajo, teléfono del trabajo 2, teléfono particular, teléfono particular 2, número de móvil, teléfono móvil, otro teléfono, teléfono principal',
    'telefone comercial, telefone comercial 2, telefone residencial, telefone residencial 2, telefone celular, telemóvel, outro telefone, telefone principal',
    'ufficio, telefono (uff.), telefono (ab.), abitazione, cellulare, altro telefono, telefono principale',
    'telefoon op werk, telefoon op werk 2, telefoon thuis, telefoon thuis 2, mobiele telefoon, andere telefoon',
    'telefon służbowy, telefon domowy, telefon komórkowy, inny telefon, telefon główny',
    'рабочий телефон, домашний телефон, мобильный телефон, телефон переносной, другой телефон, основной телефон',
    '会社電話, 会社電話 2, 自宅電話, 自宅電話 1, 自宅電話 2, 携帯電話, その他の電話',
    '商务电话, 单位电话, 住宅电话, 移动电话, 其他电话, 主要电话',
  ]
    .join(', ')
    .split(', ')
    .map(normalized),
);

/** Headers as they compare: lower case, without the accents of Latin and Greek letters, quotes and outer space. */
function normalized(header: string): string {
  return header
    .slice(0, headerLengthMax + 1)
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(/[_"']/g, ' ')
    .trim();
}

export function columnsOf(headers: readonly string[]): Columns {
  const names = headers.slice(0, columnsMax).map(normalized);
  const first = (pattern: RegExp) => {
    const at = names.findIndex((name) => pattern.test(name));
    return at < 0 ? undefined : at;
  };
  const given = first(givenNames);
  const family = first(familyNames);
  const full = first(fullNames);
  const fullIsFamily = full !== undefined && given !== undefined && family === undefined;
  return {
    phones: names.flatMap((name, at) => (isPhoneHeader(name) ? [at] : [])),
    full: fullIsFamily ? undefined : full,
    given,
    middle: first(middleNames),
    family: fullIsFamily ? full : family,
    fallback: fallbackNames.map(first).filter((at) => at !== undefined),
  };
}

export function isGoogle(headers: readonly string[]): boolean {
  return headers.slice(0, columnsMax).some((header) => googlePhone.test(normalized(header)));
}

/** Two of its own phone columns tell Outlook from a table that somebody made. */
export function isOutlook(headers: readonly string[]): boolean {
  return headers.slice(0, columnsMax).filter((header) => outlookPhone.has(normalized(header))).length >= 2;
}

function isPhoneHeader(name: string): boolean {
  if (name.length > headerLengthMax || notPhone.test(name)) return false;
  return phoneStem.test(name) || phoneExact.test(name) || outlookPhone.has(name);
}
