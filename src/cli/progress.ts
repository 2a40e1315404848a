/** Progress for a person: a bar on a terminal, a plain line now and then in a pipe. */
import cliProgress from 'cli-progress';

export interface Progress {
  /** @param note what else to say, such as a count; may change with each call */
  update(done: number, total: number, note: string): void;
  /** Takes the bar away, so that the next line of text begins at the left. */
  stop(): void;
}

const EVERY_MS = 5_000;

/** @param stream where it goes: stderr of commands whose stdout is data */
export function showProgress(label: string, stream: NodeJS.WriteStream): Progress {
  return stream.isTTY ? bar(label, stream) : lines(label, stream);
}

function bar(label: string, stream: NodeJS.WriteStream): Progress {
  const shown = new cliProgress.SingleBar(
    {
      format: `${label} {bar} {percentage} %  {note}`,
      barsize: 30,
      stream,
      hideCursor: true,
      clearOnComplete: true,
      // It would install handlers of its own, which compete with ours for Ctrl-C.
      gracefulExit: false,
      linewrap: null,
    },
    cliProgress.Presets.shades_classic,
  );
  shown.start(1, 0, { note: '' });
  return {
    update: (done, total, note) => {
      shown.setTotal(Math.max(total, 1));
      shown.update(total === 0 ? 1 : done, { note });
    },
    stop: () => shown.stop(),
  };
}

function lines(label: string, stream: NodeJS.WriteStream): Progress {
  let nextAt = performance.now() + EVERY_MS;
  return {
    update: (done, total, note) => {
      if (performance.now() < nextAt) return;
      nextAt = performance.now() + EVERY_MS;
      stream.write(`${label} ${Math.floor((100 * done) / Math.max(total, 1))} %  ${note}\n`);
    },
    stop: () => undefined,
  };
}
