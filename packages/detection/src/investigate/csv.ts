/** The fields of one CSV line (RFC 4180). */
export function splitCsv(line: string, delimiter: string): string[] {
  const fields: string[] = [];
  let field = '';
  let quoted = false;
  for (let i = 0; i < line.length; i++) {
    const char = line[i];
    if (quoted && char === '"' && line[i + 1] === '"') {
      field += '"';
      i++;
    } else if (char === '"') quoted = !quoted;
    else if (char === delimiter && !quoted) {
      fields.push(field);
      field = '';
    } else field += char;
  }
  fields.push(field);
  return fields;
}

/**
 * One CSV line. Text that a spreadsheet would take for a formula gets an apostrophe before it: account ids are chosen by
 * strangers (OWASP, "CSV Injection").
 */
export function csvLine(fields: readonly (string | number | boolean)[]): string {
  return fields.map(csvField).join(',');
}

function csvField(field: string | number | boolean): string {
  if (typeof field !== 'string') return String(field);
  const safe = /^[=+\-@\t\r]/.test(field) ? `'${field}` : field;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
