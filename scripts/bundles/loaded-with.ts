import type { Metafile } from "esbuild";

type Output = Metafile["outputs"][string];

/** The files of a bundle that Node loads with an entry, before anything in it runs. */
export function loadedWith({ outputs }: Metafile, entryPoint: string): readonly Output[] {
  const paths = new Set(
    Object.keys(outputs).filter((path) => outputs[path]?.entryPoint === entryPoint),
  );
  // What is added while it is walked is walked as well.
  for (const path of paths) {
    for (const { path: imported, kind, external } of outputs[path]?.imports ?? []) {
      if (kind === "import-statement" && external !== true) paths.add(imported);
    }
  }
  return [...paths].flatMap((path) => outputs[path] ?? []);
}
