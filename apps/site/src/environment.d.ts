interface ImportMetaEnv {
  /** Whether the site is built, and not served by `npm run site`. */
  readonly PROD: boolean;
}

interface ImportMeta {
  readonly env: ImportMetaEnv;
}
