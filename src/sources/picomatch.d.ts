declare module 'picomatch' {
  /** A test of paths against globs: any of them matches. */
  export default function picomatch(
    globs: string | readonly string[],
    options?: { readonly dot?: boolean },
  ): (path: string) => boolean;
}
