/**
 * Reads code spans as CommonMark §6.1 does: a run of backticks opens, the next run of the same
 * length closes; one space comes off both ends unless all is space. Each span's place is U+FFFC.
 */
export function readCodeSpans(markdown: string): { outside: string; spans: string[] } {
  const spans: string[] = [];
  let outside = "";
  let rest = markdown;
  for (let run = /`+/u.exec(rest); run !== null; run = /`+/u.exec(rest)) {
    const [fence] = run;
    const after = rest.slice(run.index + fence.length);
    const close = new RegExp(`(?<!\`)${fence}(?!\`)`, "u").exec(after);
    if (close === null) return { outside: outside + rest, spans };
    spans.push(stripped(after.slice(0, close.index)));
    outside += `${rest.slice(0, run.index)}\u{fffc}`;
    rest = after.slice(close.index + fence.length);
  }
  return { outside: outside + rest, spans };
}

function stripped(content: string): string {
  return /^ .* $/u.test(content) && content.trim() !== "" ? content.slice(1, -1) : content;
}
