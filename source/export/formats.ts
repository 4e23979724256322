import {csv} from './command-rows.js';
import {ftrace} from './ftrace-writer.js';
import {perfetto} from './perfetto-writer.js';
import {qemuLog} from './qemu-log-writer.js';
import {qemu} from './qemu-options.js';
import {type ExportFormat, type TraceFormat} from './trace-format.js';

/** What an export can be, in the order of the help. The first is what the dashboard begins with. */
export const exportFormats: readonly ExportFormat[] = [perfetto, ftrace, csv, qemuLog, qemu];

/** What the last stretch of a live run can be written as. */
export const liveFormats: readonly TraceFormat[] = exportFormats.flatMap(format =>
	format.kind === 'trace' && format.needsWholeRun !== true ? [format] : [],
);

/** Their names in a sentence: `perfetto, ftrace or csv`. */
export function formatNames(): string {
	const names = exportFormats.map(({id}) => id);
	return `${names.slice(0, -1).join(', ')} or ${names.at(-1) ?? ''}`;
}
