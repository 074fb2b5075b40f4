import type { TSchema } from 'typebox';
import { Compile, type Validator } from 'typebox/compile';
import type { HallApp } from '../app.ts';

/**
 * Bodies are taken as they are: a number where text belongs is a mistake of the caller's, and `null` is not ''. What
 * stands in an address is text, and is read as what the schema says, defaults filled in.
 */
export function useValidation(app: HallApp): void {
  app.setValidatorCompiler<TSchema>(({ schema, httpPart }) => {
    let compiled: Validator | undefined;
    return (value: unknown) => {
      // Compiled at the first request: most of them are never asked for, and starting need not wait for all.
      compiled ??= Compile(schema);
      const validator = compiled;
      const given = httpPart === 'body' ? value : validator.Convert(validator.Default(value));
      return validator.Check(given) ? { value: given } : { error: validator.Errors(given) };
    };
  });
}
