/** What a format's bytes are for. `data` is neither run nor unpacked nor shown. */
export type Use = "executable" | "archive" | "data" | "image" | "font" | "recording" | "document";

/** A format that is known by its first bytes. */
export interface Format {
  readonly name: string;
  readonly use: Use;
  /** The bytes at each offset, one character a byte. All of them must agree. */
  readonly magic: Readonly<Record<number, string>>;
  /** What must hold besides, where the magic number is shared or very short. */
  readonly agrees?: (content: Uint8Array) => boolean;
}

/**
 * Formats by magic number; the first that agrees counts. Sources: each format's own specification,
 * and the database of file(1) (`magic/Magdir`) where there is none.
 */
export const formats: readonly Format[] = [
  ...of("executable", "elf", "\x7fELF"),
  ...of("executable", "mach-o", "\xfe\xed\xfa\xce", "\xfe\xed\xfa\xcf"),
  ...of("executable", "mach-o", "\xce\xfa\xed\xfe", "\xcf\xfa\xed\xfe"),
  // Both start alike: a class has a version of 45 or more there, a fat binary fewer parts.
  { name: "java class", use: "executable", magic: { 0: "\xca\xfe\xba\xbe" }, agrees: isJavaClass },
  ...of("executable", "mach-o", "\xca\xfe\xba\xbe"),
  ...of("executable", "wasm", "\0asm"),
  ...of("executable", "dex", "dex\n"),
  { name: "pyc", use: "executable", magic: { 2: "\r\n" }, agrees: isPythonVersion },
  ...of("executable", "llvm bitcode", "BC\xc0\xde", "\xde\xc0\x17\x0b"),
  ...of("executable", "lua bytecode", "\x1bLua"),
  { name: "erlang beam", use: "executable", magic: { 0: "FOR1", 8: "BEAM" } },
  ...of("executable", "windows shortcut", "L\0\0\0\x01\x14\x02\0"),
  // Loading it calls whatever it names: protocols 4 and 5, which start with a frame.
  ...of("executable", "python pickle", "\x80\x04\x95", "\x80\x05\x95"),
  ...of("executable", "script with a binary part", "#!"),

  ...of("archive", "zip", "PK\x03\x04", "PK\x05\x06", "PK\x07\x08"),
  ...of("archive", "gzip", "\x1f\x8b"),
  ...of("archive", "compress", "\x1f\x9d"),
  ...of("archive", "bzip2", "BZh"),
  ...of("archive", "xz", "\xfd7zXZ\0"),
  ...of("archive", "lzip", "LZIP"),
  ...of("archive", "zstd", "(\xb5/\xfd"),
  ...of("archive", "lz4", "\x04\x22M\x18"),
  ...of("archive", "7z", "7z\xbc\xaf\x27\x1c"),
  ...of("archive", "rar", "Rar!\x1a\x07"),
  ...of("archive", "cab", "MSCF", "ISc("),
  ...of("archive", "ar", "!<arch>\n"),
  ...of("archive", "rpm", "\xed\xab\xee\xdb"),
  ...of("archive", "xar", "xar!"),
  ...of("archive", "crx", "Cr24"),
  ...of("archive", "squashfs", "hsqs", "sqsh"),
  ...of("archive", "git pack", "PACK\0\0\0"),
  ...of("archive", "git bundle", "# v2 git bundle\n", "# v3 git bundle\n"),
  // Documents and installers of Microsoft, which can hold macros and programs.
  ...of("archive", "compound file", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),

  ...of("data", "sqlite", "SQLite format 3\0"),
  ...of("data", "java keystore", "\xfe\xed\xfe\xed", "\xce\xce\xce\xce"),
  { name: "pkcs12", use: "data", magic: { 0: "\x30\x82", 4: "\x02\x01\x03\x30" } },
  ...of("data", "git-crypt", "\0GITCRYPT\0"),
  ...of("data", "age", "age-encryption.org/v1\n"),
  // Video in parts, which shares its extension with TypeScript.
  { name: "mpeg transport stream", use: "data", magic: { 0: "G", 188: "G", 376: "G" } },
  ...of("data", "hdf5", "\x89HDF\r\n\x1a\n"),
  ...of("data", "property list", "bplist0"),
  ...of("data", "message catalogue", "\xde\x12\x04\x95", "\x95\x04\x12\xde"),
  ...of("data", "utf-32 text", "\xff\xfe\0\0", "\0\0\xfe\xff"),
  ...of("data", "utf-16 text", "\xff\xfe", "\xfe\xff"),

  ...of("image", "png", "\x89PNG\r\n\x1a\n"),
  ...of("image", "jpeg", "\xff\xd8\xff"),
  ...of("image", "gif", "GIF87a", "GIF89a"),
  { name: "webp", use: "image", magic: { 0: "RIFF", 8: "WEBP" } },
  ...brands("image", "avif", "avif", "avis"),
  ...brands("image", "heif", "heic", "heix", "heif", "mif1", "msf1"),
  ...of("image", "ico", "\0\0\x01\0", "\0\0\x02\0"),
  { name: "bmp", use: "image", magic: { 0: "BM", 6: "\0\0\0\0" } },
  ...of("image", "tiff", "II*\0", "MM\0*"),
  ...of("image", "icns", "icns"),
  ...of("image", "psd", "8BPS"),
  ...of("image", "jpeg xl", "\xff\x0a", "\0\0\0\x0cJXL "),
  ...of("image", "jpeg 2000", "\0\0\0\x0cjP  "),
  ...of("font", "woff", "wOFF"),
  ...of("font", "woff2", "wOF2"),
  ...of("font", "truetype", "\0\x01\0\0", "true\0", "ttcf"),
  ...of("font", "opentype", "OTTO"),
  { name: "eot", use: "font", magic: { 34: "LP" } },
  ...of("recording", "mp3", "ID3", "\xff\xfb", "\xff\xf3", "\xff\xf2"),
  ...of("recording", "aac", "\xff\xf1", "\xff\xf9"),
  { name: "mp4", use: "recording", magic: { 4: "ftyp" } },
  ...of("recording", "matroska", "\x1aE\xdf\xa3"),
  ...of("recording", "ogg", "OggS"),
  { name: "wav", use: "recording", magic: { 0: "RIFF", 8: "WAVE" } },
  { name: "avi", use: "recording", magic: { 0: "RIFF", 8: "AVI " } },
  { name: "aiff", use: "recording", magic: { 0: "FORM", 8: "AIF" } },
  ...of("recording", "flac", "fLaC"),
  ...of("recording", "midi", "MThd"),
  ...of("document", "pdf", "%PDF-"),

  // Last: their magic numbers are short, or stand far inside.
  ...of("executable", "pe", "MZ"),
  { name: "tar", use: "archive", magic: { 257: "ustar" } },
  { name: "iso 9660", use: "archive", magic: { 32_769: "CD001" } },
];

function of(use: Use, name: string, ...starts: readonly string[]): Format[] {
  return starts.map((start) => ({ name, use, magic: { 0: start } }));
}

function brands(use: Use, name: string, ...major: readonly string[]): Format[] {
  return major.map((brand) => ({ name, use, magic: { 4: `ftyp${brand}` } }));
}

function isJavaClass(content: Uint8Array): boolean {
  const [, , , , a = 0, b = 0, c = 0, d = 0] = content;
  return ((a << 24) | (b << 16) | (c << 8) | d) >>> 0 >= 45;
}

/** Version numbers count up from 3,000 in Python 3, and from 50,428 in Python 2. */
function isPythonVersion([low = 0, high = 0]: Uint8Array): boolean {
  const version = low | (high << 8);
  return (version >= 3_000 && version < 4_000) || (version > 50_000 && version < 63_000);
}
