import type { Language } from '../languages.ts';

/** What a notice says of one member; all of it is text that is ready to be shown. */
export interface NoticeWords {
  name: string;
  host: string;
  contact: string;
  /** How often the card was shown, and to how many accounts. */
  times: string;
  viewers: string;
  first: string;
  last: string;
}

export interface NoticeTemplate {
  /** For dates: Gregorian, so that they are the same days in every language. */
  locale: string;
  subject: (words: NoticeWords) => string;
  paragraphs: (words: NoticeWords) => string[];
}

/** Art. 34(2) GDPR: in clear and plain language, what happened, what may come of it, what was done, and whom to ask. */
export const templates: Readonly<Record<Language, NoticeTemplate>> = {
  en: {
    locale: 'en-GB',
    subject: ({ host }) => `Your profile on ${host} was shown to fake accounts`,
    paragraphs: (w) => [
      `Dear ${w.name},`,
      `Somebody used fake accounts on ${w.host} to find out who owns phone numbers that they already had. Yours was one of them. You had chosen that people who have your number can find you, or you had saved the number of such an account.`,
      `Your card, that is your name, your handle and your picture, was shown to these accounts. Accounts that saw it: ${w.viewers}. Times it was shown: ${w.times}. First: ${w.first}. Last: ${w.last}.`,
      'They were not shown your phone number, your messages, your password or your contacts. But whoever is behind the accounts can now connect your number with your profile. Be careful with calls and messages from people you do not know, also when they know your name.',
      'The accounts have been found and are being dealt with, and what they had still asked for is withdrawn. You can decide in your settings who can find you by your number: nobody, only people whose numbers you have saved too, or anyone who has it.',
      `Questions: ${w.contact}`,
    ],
  },
  de: {
    locale: 'de-DE',
    subject: ({ host }) => `Dein Profil bei ${host} wurde gefälschten Konten gezeigt`,
    paragraphs: (w) => [
      `Guten Tag ${w.name},`,
      `jemand hat mit gefälschten Konten bei ${w.host} herausgefunden, wem Telefonnummern gehören, die er schon hatte. Deine war eine davon. Du hattest eingestellt, dass dich finden kann, wer deine Nummer hat, oder du hattest die Nummer eines solchen Kontos gespeichert.`,
      `Deine Karte, also dein Name, dein Benutzername und dein Bild, wurde diesen Konten gezeigt. Konten, die sie gesehen haben: ${w.viewers}. So oft wurde sie gezeigt: ${w.times}. Zuerst: ${w.first}. Zuletzt: ${w.last}.`,
      'Deine Telefonnummer, deine Nachrichten, dein Passwort und deine Kontakte wurden ihnen nicht gezeigt. Wer hinter den Konten steht, kann deine Nummer nun aber mit deinem Profil verbinden. Sei vorsichtig bei Anrufen und Nachrichten von Unbekannten, auch wenn sie deinen Namen kennen.',
      'Die Konten sind entdeckt, gegen sie wird vorgegangen, und was sie noch angefragt hatten, ist zurückgezogen. In den Einstellungen bestimmst du, wer dich über deine Nummer findet: niemand, nur Menschen, deren Nummern du auch gespeichert hast, oder alle, die sie haben.',
      `Fragen: ${w.contact}`,
    ],
  },
  fr: {
    locale: 'fr-FR',
    subject: ({ host }) => `Votre profil sur ${host} a été montré à de faux comptes`,
    paragraphs: (w) => [
      `Bonjour ${w.name},`,
      `Quelqu’un s’est servi de faux comptes sur ${w.host} pour savoir à qui appartiennent des numéros de téléphone qu’il avait déjà. Le vôtre en faisait partie. Vous aviez choisi que les personnes qui ont votre numéro puissent vous trouver, ou vous aviez enregistré le numéro d’un tel compte.`,
      `Votre carte, c’est-à-dire votre nom, votre identifiant et votre photo, a été montrée à ces comptes. Comptes qui l’ont vue : ${w.viewers}. Nombre de fois : ${w.times}. Première fois : ${w.first}. Dernière fois : ${w.last}.`,
      'Votre numéro, vos messages, votre mot de passe et vos contacts ne leur ont pas été montrés. Mais ceux qui sont derrière ces comptes peuvent désormais relier votre numéro à votre profil. Méfiez-vous des appels et des messages d’inconnus, même s’ils connaissent votre nom.',
      'Les comptes ont été découverts et sont en cours de traitement, et ce qu’ils avaient encore demandé est retiré. Dans vos réglages, vous décidez qui peut vous trouver par votre numéro : personne, seulement les personnes dont vous avez aussi enregistré le numéro, ou tous ceux qui l’ont.',
      `Questions : ${w.contact}`,
    ],
  },
  es: {
    locale: 'es-ES',
    subject: ({ host }) => `Tu perfil en ${host} se mostró a cuentas falsas`,
    paragraphs: (w) => [
      `Hola ${w.name}:`,
      `Alguien usó cuentas falsas en ${w.host} para averiguar de quién son números de teléfono que ya tenía. El tuyo era uno de ellos. Habías elegido que quien tenga tu número pueda encontrarte, o habías guardado el número de una de esas cuentas.`,
      `Tu tarjeta, es decir, tu nombre, tu usuario y tu foto, se mostró a esas cuentas. Cuentas que la vieron: ${w.viewers}. Veces que se mostró: ${w.times}. Primera vez: ${w.first}. Última vez: ${w.last}.`,
      'No se les mostró tu número, ni tus mensajes, ni tu contraseña, ni tus contactos. Pero quien está detrás de las cuentas puede ahora relacionar tu número con tu perfil. Ten cuidado con llamadas y mensajes de desconocidos, aunque sepan tu nombre.',
      'Las cuentas han sido descubiertas y se está actuando contra ellas, y lo que aún habían pedido se ha retirado. En los ajustes decides quién puede encontrarte por tu número: nadie, solo personas cuyo número también has guardado, o cualquiera que lo tenga.',
      `Preguntas: ${w.contact}`,
    ],
  },
  ms: {
    locale: 'ms-MY',
    subject: ({ host }) => `Profil anda di ${host} telah ditunjukkan kepada akaun palsu`,
    paragraphs: (w) => [
      `${w.name},`,
      `Seseorang telah menggunakan akaun palsu di ${w.host} untuk mengetahui pemilik nombor telefon yang sudah ada padanya. Nombor anda salah satu daripadanya. Anda telah memilih supaya sesiapa yang mempunyai nombor anda boleh menemui anda, atau anda telah menyimpan nombor akaun sedemikian.`,
      `Kad anda, iaitu nama, nama pengguna dan gambar anda, telah ditunjukkan kepada akaun-akaun ini. Akaun yang melihatnya: ${w.viewers}. Bilangan kali ditunjukkan: ${w.times}. Kali pertama: ${w.first}. Kali terakhir: ${w.last}.`,
      'Nombor telefon, mesej, kata laluan dan kenalan anda tidak ditunjukkan kepada mereka. Tetapi sesiapa di sebalik akaun itu kini boleh mengaitkan nombor anda dengan profil anda. Berhati-hatilah dengan panggilan dan mesej daripada orang yang tidak dikenali, walaupun mereka tahu nama anda.',
      'Akaun-akaun itu telah dikesan dan sedang diambil tindakan, dan apa yang masih mereka minta telah ditarik balik. Dalam tetapan, anda menentukan siapa yang boleh menemui anda melalui nombor anda: tiada sesiapa, hanya orang yang nombornya anda simpan juga, atau sesiapa yang mempunyainya.',
      `Pertanyaan: ${w.contact}`,
    ],
  },
  he: {
    locale: 'he-IL',
    subject: ({ host }) => `הפרופיל שלך ב-${host} הוצג לחשבונות מזויפים`,
    paragraphs: (w) => [
      `שלום ${w.name},`,
      `מישהו השתמש בחשבונות מזויפים ב-${w.host} כדי לגלות למי שייכים מספרי טלפון שכבר היו בידיו. המספר שלך היה אחד מהם. בחרת שמי שיש לו את המספר שלך יוכל למצוא אותך, או ששמרת את המספר של חשבון כזה.`,
      `הכרטיס שלך, כלומר השם, שם המשתמש והתמונה, הוצג לחשבונות האלה. מספר החשבונות שראו אותו: ${w.viewers}. מספר הפעמים שהוצג: ${w.times}. לראשונה: ${w.first}. לאחרונה: ${w.last}.`,
      'מספר הטלפון, ההודעות, הסיסמה ואנשי הקשר שלך לא הוצגו להם. אבל מי שעומד מאחורי החשבונות יכול עכשיו לקשר בין המספר שלך לפרופיל שלך. כדאי להיזהר משיחות ומהודעות של אנשים לא מוכרים, גם אם הם יודעים את שמך.',
      'החשבונות התגלו ומטופלים, ומה שעוד ביקשו בוטל. בהגדרות אפשר לקבוע מי יכול למצוא אותך לפי המספר: אף אחד, רק אנשים שגם שמרת את המספר שלהם, או כל מי שיש לו אותו.',
      `שאלות: ${w.contact}`,
    ],
  },
  fa: {
    locale: 'fa-IR-u-ca-gregory-nu-latn',
    subject: ({ host }) => `نمایه شما در ${host} به حساب‌های جعلی نشان داده شد`,
    paragraphs: (w) => [
      `${w.name} گرامی،`,
      `کسی با حساب‌های جعلی در ${w.host} کوشید بفهمد شماره‌های تلفنی که از پیش داشت از آن کیست. شماره شما یکی از آن‌ها بود. شما انتخاب کرده بودید که هر کس شماره‌تان را دارد بتواند شما را پیدا کند، یا شماره چنین حسابی را ذخیره کرده بودید.`,
      `کارت شما، یعنی نام، نام کاربری و تصویرتان، به این حساب‌ها نشان داده شد. شمار حساب‌هایی که آن را دیدند: ${w.viewers}. شمار دفعات: ${w.times}. نخستین بار: ${w.first}. آخرین بار: ${w.last}.`,
      'شماره تلفن، پیام‌ها، گذرواژه و مخاطبان شما به آن‌ها نشان داده نشد. اما کسی که پشت این حساب‌هاست اکنون می‌تواند شماره شما را به نمایه‌تان پیوند دهد. در برابر تماس‌ها و پیام‌های ناشناس، حتی اگر نام شما را بدانند، هوشیار باشید.',
      'این حساب‌ها شناسایی شده‌اند و با آن‌ها برخورد می‌شود، و آنچه هنوز درخواست کرده بودند پس گرفته شده است. در تنظیمات می‌توانید تعیین کنید چه کسی با شماره‌تان شما را پیدا کند: هیچ‌کس، تنها کسانی که شماره‌شان را شما هم ذخیره کرده‌اید، یا هر کس که آن را دارد.',
      `پرسش‌ها: ${w.contact}`,
    ],
  },
};
