import { expect, test } from "vitest";
import { commitFact } from "../../../../rules/change/commits/commit-object.ts";

const SHA = "c".repeat(40);
const PEOPLE = [
  "author Ann B <ann@example.org> 1767322800 +0100",
  "committer Bo <bo@example.org> 1767326400 -0500",
];

function read(
  message: string,
  { headers = PEOPLE, whole = true }: { headers?: readonly string[]; whole?: boolean } = {},
) {
  const text = `tree ${"5".repeat(40)}\n${headers.map((line) => `${line}\n`).join("")}\n${message}`;
  return commitFact({ sha: SHA, content: new TextEncoder().encode(text), whole });
}

test("a commit says who, when and what", () => {
  expect(read("Add a\nand b\n\nMore.\n\nCo-authored-by: Cy <cy@example.org>\n")).toEqual({
    sha: SHA,
    subject: "Add a and b",
    message: "Add a\nand b\n\nMore.\n\nCo-authored-by: Cy <cy@example.org>\n",
    author: { name: "Ann B", email: "ann@example.org", at: "2026-01-02T03:00:00.000Z" },
    committer: { name: "Bo", email: "bo@example.org", at: "2026-01-02T04:00:00.000Z" },
    coAuthors: ["cy@example.org"],
    merge: false,
    signature: null,
    verified: null,
  });
});

test.each([
  { what: "no message", message: "", subject: "" },
  { what: "empty lines before it", message: "\n \nA\n", subject: "A" },
  { what: "line ends of Windows", message: "A\r\n\r\nB\r\n", subject: "A" },
])("the subject of a commit with $what", ({ message, subject }) => {
  expect(read(message).subject).toBe(subject);
});

test.each([
  { what: "in other letters, among the text", line: "CO-Authored-By:  C <c@d>", said: ["c@d"] },
  { what: "behind spaces, with CR", line: "  Co-authored-by: C <c@d>\r", said: ["c@d"] },
  { what: "without an address", line: "Co-authored-by: Cy", said: ["Cy"] },
  { what: "as another trailer", line: "Signed-off-by: C <c@d>", said: [] },
])("a co-author who is named $what", ({ line, said }) => {
  expect(read(`A\n\n${line}\nMore\n`).coAuthors).toEqual(said);
});

test.each([
  { armour: "PGP SIGNATURE", header: "gpgsig", kind: "gpg" },
  { armour: "PGP MESSAGE", header: "gpgsig", kind: "gpg" },
  { armour: "SSH SIGNATURE", header: "gpgsig", kind: "ssh" },
  { armour: "SIGNED MESSAGE", header: "gpgsig", kind: "x509" },
  { armour: "SSH SIGNATURE", header: "gpgsig-sha256", kind: "ssh" },
  { armour: "SOMETHING", header: "gpgsig", kind: "other" },
  { armour: "SSH SIGNATURE", header: "mergetag object\n gpgsig", kind: null },
])("$header with $armour is a signature: $kind", ({ armour, header, kind }) => {
  const headers = [...PEOPLE, `${header} -----BEGIN ${armour}-----`, " U1NI"];
  expect(read("A", { headers }).signature).toBe(kind);
});

test.each([
  { what: "two parents", count: 2, merge: true },
  { what: "one", count: 1, merge: false },
  { what: "none", count: 0, merge: false },
])("a commit with $what", ({ count, merge }) => {
  const parents = Array.from({ length: count }, (_, n) => `parent ${String(n).repeat(40)}`);
  expect(read("A", { headers: [...parents, ...PEOPLE] }).merge).toBe(merge);
});

test.each([
  { what: "twice", author: "author A <a@b> 1 +0000\nauthor B <b@c> 1 +0000" },
  { what: "without an address", author: "author A 1 +0000" },
  { what: "with two addresses", author: "author A <a@b> <c@d> 1 +0000" },
  { what: "without a time", author: "author A <a@b>" },
  { what: "not at all", author: "tagger A <a@b> 1 +0000" },
])("an author who is written $what is unknown", ({ author }) => {
  expect(read("A", { headers: [author] })).toMatchObject({ author: null, committer: null });
});

test("a time that no calendar has is unknown, and its person known", () => {
  const headers = ["author A <a@b> 999999999999 +0000"];
  expect(read("A", { headers }).author).toEqual({ name: "A", email: "a@b", at: null });
});

const UNTOLD = { message: null, subject: null, coAuthors: null };

test.each<{ what: string; more?: string[]; message?: string; whole?: boolean }>([
  { what: "is cut off", whole: false },
  { what: "holds a NUL, behind which git shows nothing", message: "A\0\nSigned-off-by: x" },
  { what: "is in another encoding", more: ["encoding UTF-7"] },
  { what: "is in two encodings", more: ["encoding UTF-8", "encoding ISO-8859-1"] },
])("a message that $what is unknown, and who wrote it is not", ({ more = [], whole, message }) => {
  const fact = read(message ?? "A", { headers: [...PEOPLE, ...more], whole: whole ?? true });
  expect(fact).toMatchObject({ ...UNTOLD, author: { email: "ann@example.org" } });
});

test("a commit whose headers are cut off says nothing for sure", () => {
  const content = new TextEncoder().encode("tree 5\nauthor A <a@b> 1 +0000");
  const fact = commitFact({ sha: SHA, content, whole: false });
  expect(fact).toMatchObject({ ...UNTOLD, author: null, committer: null });
});

test("UTF-8 that is said to be so is read", () => {
  expect(read("Ä", { headers: [...PEOPLE, "encoding utf-8"] }).message).toBe("Ä");
});
