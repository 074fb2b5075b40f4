import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import type { HallApp } from '../app.ts';

/**
 * Bodies are taken as they are: a number where text belongs is a mistake of the caller's, and `null` is not ''. What
 * stands in an address is text, and is read as what the schema says, defaults filled in.
 */
export function useValidation(app: HallApp): void {
  app.setValidatorCompiler<TSchema>(({ schema, httpPart }) => {
    const validator = Compile(schema);
    const read = (value: unknown) =>
      httpPart === 'body' ? value : validator.Convert(validator.Default(value));
    return (value: unknown) => {
      const given = read(value);
      return validator.Check(given) ? { value: given } : { error: validator.Errors(given) };
    };
  });
}
