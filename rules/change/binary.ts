/** Whether git takes a version for binary: a NUL is among its first 8,000 bytes. */
export function isBinary(content: Uint8Array): boolean {
  return content.subarray(0, 8000).includes(0);
}
