/** One file of a tlog-tiles directory; `path` is relative to its top. */
export interface ExportFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** Where files of a tlog-tiles directory are read. */
export interface TileSource {
  /** A file's bytes, null where there is none. */
  read(path: string): Promise<Uint8Array | null>;
}

/** The folder that a ledger is exported to. Implemented by `cli/`. */
export interface ExportFolder extends TileSource {
  /** The names at its top, sorted; none where it is absent. */
  names(): Promise<readonly string[]>;
  /**
   * The paths of all files in it; none where it is absent. Throws EXPORT_OCCUPIED for a link, or
   * anything else that is neither a file nor a folder: what is read there is not what is there.
   */
  paths(): AsyncIterable<string>;
  /** Writes a file that is not there: whoever looks sees nothing of it, or all. */
  add(path: string, bytes: Uint8Array): Promise<void>;
  /** Once all that was added has reached the disk: writes a file, or replaces it in one step. */
  publish(path: string, bytes: Uint8Array): Promise<void>;
}
