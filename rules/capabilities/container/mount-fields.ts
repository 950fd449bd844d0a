/**
 * The fields of a mount as options write it, `type=bind,"source=/etc",target=/x`: keys in lower case,
 * values without quotes, both without the space around them.
 */
export function mountFields(mount: string): (readonly [key: string, value: string])[] {
  return Array.from(mount.matchAll(FIELD), ([written]) => {
    const field = written.replaceAll('"', "");
    const equals = field.indexOf("=");
    if (equals < 0) return [field.trim().toLowerCase(), ""];
    return [field.slice(0, equals).trim().toLowerCase(), field.slice(equals + 1).trim()];
  });
}

const FIELD = /(?:"[^"]*"|[^,])+/g;
