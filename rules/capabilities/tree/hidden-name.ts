/**
 * Control and format characters, line separators, fillers and variation selectors: what a list of
 * files does not show, or shows elsewhere. Unassigned code points are left out, as which these are
 * depends on the engine.
 */
const HIDDEN =
  /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Variation_Selector}\u115f\u1160\u2800\u3164\uffa0]|\u034f|\u17b4|\u17b5/u;

/** Selectors and joiners in emoji: `❤️`, `1️⃣`, `👨‍👩‍👧`. */
const EMOJI =
  /(?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}#*0-9])\ufe0f?(?:\u200d(?=\p{Extended_Pictographic}))?/gu;

/** Joiners behind letters of scripts that write with them. */
const JOINED =
  /(?<=[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}])\p{Join_Control}/gu;

const NOT_PLAIN = /[^ -~]/;

/** Whether a path holds a character that nobody sees. */
export function hidesCharacters(path: string): boolean {
  if (!NOT_PLAIN.test(path)) return false;
  return HIDDEN.test(path.replace(EMOJI, "").replace(JOINED, ""));
}
