/** The opaque id that GitHub's GraphQL would know something by. */
export function nodeId(type: string, id: number | string): string {
  return Buffer.from(`${type}:${id}`).toString("base64url");
}

/** Times without fractions of a second, as GitHub writes them. */
export function timeText(date: Date): string {
  return date.toISOString().replace(/\.[0-9]{3}Z$/, "Z");
}
