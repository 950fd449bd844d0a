import type { Use } from "./formats.ts";

/** The last part of a path's name behind a dot, in small letters; empty where there is none. */
export function extensionOf(path: string): string {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const dot = name.lastIndexOf(".");
  return dot === -1 ? "" : name.slice(dot + 1).toLowerCase();
}

/** What a media file's name promises, null for all other names. */
export function mediaOf(extension: string): Use | null {
  return media.get(extension) ?? null;
}

/** Whether every file of that media extension is of a format that is known here. */
export function hasKnownFormat(extension: string): boolean {
  return ALWAYS_KNOWN.has(extension);
}

/** Whether a path's name promises text that people read and change: source, configuration, prose. */
export function promisesText(path: string): boolean {
  const extension = extensionOf(path);
  return TEXT.has(extension) || isCode(extension) || TEXT_NAME.test(path);
}

/** Whether a name promises source code, a schema or a template that code is made from. */
export function isCode(extension: string): boolean {
  return CODE.has(extension);
}

/** Whether a zip under this name is a program: it is loaded or installed as it is. */
export function isProgramZip(extension: string): boolean {
  return PROGRAM_ZIP.has(extension);
}

function words(text: string): string[] {
  return text.split(" ");
}

const media: ReadonlyMap<string, Use> = new Map(
  (
    [
      [
        "image",
        "png apng jpg jpeg jpe jfif gif webp avif heic heif ico cur bmp tif tiff icns psd jxl jp2",
      ],
      ["font", "woff woff2 ttf ttc otf eot"],
      [
        "recording",
        "mp3 mp4 m4a m4v mov 3gp webm mkv ogg oga ogv opus wav avi flac aac aif aiff mid midi",
      ],
      ["document", "pdf"],
    ] as const
  ).flatMap(([use, extensions]) =>
    words(extensions).map((extension): [string, Use] => [extension, use]),
  ),
);

const ALWAYS_KNOWN = new Set(
  words("png apng jpg jpeg jpe jfif gif webp avif ico cur woff woff2 otf eot ogg wav flac"),
);

const TEXT = new Set([
  ...words("md mdx txt text rst adoc asciidoc org tex csv tsv html htm xhtml svg po pot"),
  ...words(
    "yml yaml json json5 jsonc toml ini cfg conf config env properties xml plist editorconfig",
  ),
  ...words(
    "lock sum mod gitignore gitattributes gitmodules gitkeep npmrc nvmrc dockerignore cmake",
  ),
]);

/** `Makefile`, `Dockerfile.dev`, `.bashrc`, and other names of text that carry no extension of it. */
const TEXT_NAME =
  /(?:^|\/)(?:[a-z]{1,40}file(?:\.[^/]*)?|\.[a-z_-]{1,40}(?:rc|profile|ignore)|build|workspace|codeowners|configure|gradlew|mvnw)$/i;

const CODE = new Set([
  ...words(
    "js mjs cjs jsx ts mts cts tsx vue svelte astro coffee elm css scss sass less styl pcss",
  ),
  ...words(
    "py pyi pyx rb rake go rs java kt kts scala groovy gradle clj cljs cljc cs fs fsx vb php",
  ),
  ...words(
    "c h cc cpp cxx hh hpp hxx m mm swift zig d nim v ml mli hs lhs erl hrl ex exs lua pl pm",
  ),
  ...words("r jl dart sol asm s sh bash zsh fish ps1 psm1 psd1 bat cmd awk sed m4 ac am mk in tcl"),
  ...words("sql proto thrift graphql gql g4 y yy l ll avsc fbs capnp xsd wsdl idl tf hcl bzl nix"),
  ...words("ejs hbs mustache handlebars pug jade njk j2 jinja jinja2 tmpl tpl erb haml twig"),
]);

const PROGRAM_ZIP = new Set(words("jar war ear aar apk aab xpi vsix whl egg nupkg ipa"));
