import {runExportCommand} from '../../source/commands/export.js';
import {Interrupt} from '../../source/commands/interrupt.js';

/** The text of an export. */
export async function exported(preset: string, to: string, settings: readonly string[]): Promise<string> {
	const {output} = await runExportCommand([preset], {to, settings, interrupt: new Interrupt()});
	return output;
}
