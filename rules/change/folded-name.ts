/** Code points that HFS+ leaves out where it compares names; git's `next_hfs_char` has the list. */
const HFS_IGNORABLE = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/gu;

const NOT_ASCII = /[^\0-\x7f]/;

/**
 * A file's name without what some file system leaves out where it compares names: case, Unicode
 * form and the code points that HFS+ ignores. Two names that give the same text may be one file
 * on the disk of whoever checks them out.
 *
 * Case is folded in full, so that `straße` and `STRASSE` are alike, as on APFS. What differs in
 * more (full-width letters, look-alikes of other scripts) stays apart: no file system joins it.
 */
export function foldedName(name: string): string {
  if (!NOT_ASCII.test(name)) return name.toLowerCase();
  const canonical = name.replace(HFS_IGNORABLE, "").normalize("NFD");
  // A capital sharp s has a small form only, and a small one's capital form is SS.
  return canonical.toLowerCase().toUpperCase().toLowerCase().normalize("NFC");
}
