/**
 * What `work` gives for a key, worked out once for as long as the key is in use.
 *
 * It is kept on the key itself, where no copy or listing of the key takes it along. A WeakMap would
 * do the same, but with one key for each part of each file its entries outlive the files: a change
 * of 500 workflows then takes half as much memory again (`npm run bench -- changes`).
 */
export function onceForEach<Key extends object, Value>(
  work: (key: Key) => Value,
): (key: Key) => Value {
  const place = Symbol("known");
  return (key) => {
    const known = (key as { readonly [place]?: { readonly value: Value } })[place];
    if (known) return known.value;
    const value = work(key);
    Object.defineProperty(key, place, { value: { value } });
    return value;
  };
}
