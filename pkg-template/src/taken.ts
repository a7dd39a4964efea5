// What arguments may be besides what their types say.

/**
 * `Value` as an argument: frozen or not, and with `null` for whatever may be left out, as rows of a database have it.
 */
export type Taken<Value> = Value extends string | number | boolean | null | undefined
  ? Value
  : [keyof Value] extends [never]
    ? Value
    : {
        readonly [Key in keyof Value]:
          | Taken<Value[Key]>
          | (Record<never, never> extends Pick<Value, Key> ? null : never);
      };
