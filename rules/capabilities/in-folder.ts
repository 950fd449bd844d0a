/** Whether a path lies below a folder of one of these names, whatever their case. */
export function isInFolder(path: string, names: readonly string[]): boolean {
  return path
    .split("/")
    .slice(0, -1)
    .some((folder) => names.includes(folder.toLowerCase()));
}
