const scheme = /^[\s"'<(]*tel:(?:\/\/)?/i;
const contextParameter = ';phone-context=';
const percentEncoded = /%([2-7][0-9a-f])/gi;

/**
 * The number that a `tel:` URI (RFC 3966) holds; any other text as it is. Parameters are dropped, except that a
 * local number gets the global prefix its `phone-context` names; a context that is a domain says nothing here.
 */
export function fromTelUri(text: string): string {
  const found = scheme.exec(text);
  if (!found && !text.includes(contextParameter)) return text;
  const uri = decodePercent(text.slice(found?.[0].length ?? 0));
  const [number = '', ...parameters] = uri.split(';');
  const context = parameters.find((parameter) => parameter.startsWith('phone-context='))?.slice(14);
  return context?.startsWith('+') && !number.includes('+') ? context + number : number;
}

function decodePercent(text: string): string {
  return text.replace(percentEncoded, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}
