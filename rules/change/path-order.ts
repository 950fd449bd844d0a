/**
 * Orders text by its UTF-8 bytes, as git orders paths: negative where `left` comes first,
 * 0 where both are equal. Every sorted list of facts uses it, so that order never depends
 * on a locale.
 */
export function compareBytes(left: string, right: string): number {
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index++) {
    const difference = byteRank(left.charCodeAt(index)) - byteRank(right.charCodeAt(index));
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

// UTF-16 puts surrogates (code points from U+10000) before U+E000…U+FFFF, UTF-8 after them.
function byteRank(unit: number): number {
  if (unit >= 0xe000) return unit - 0x0800;
  return unit >= 0xd800 ? unit + 0x2000 : unit;
}
