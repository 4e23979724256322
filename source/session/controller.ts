import {type ParameterValue} from '../parameters/configuration.js';
import {parameter} from '../simulation/parameters/table.js';
import {UserError} from '../errors/user-error.js';
import {parseValue} from '../parameters/value.js';
import {type ExportJob} from '../export/export-job.js';
import {type Command} from './command.js';
import {commandById} from './commands.js';
import {initialState, type InterfaceState, type Overlay} from './interface-state.js';
import {commandFor, type Scope} from './key-table.js';
import {shortValue} from './parameter-list.js';
import {paletteMatches} from './palette.js';
import {type ExportFiles, type PresetShelf, type PresetSummary} from './ports.js';
import {type Session} from './session.js';
import {
	editText, longest, pasteText, type TextField,
} from './text-field.js';

/** What only the terminal can do. */
export type Services = {
	readonly shelf: PresetShelf;
	readonly files: ExportFiles;
	quit(): void;
	suspend(): void;
	redraw(): void;
};

/** Overlays that hide the numbers; the simulation waits under them. */
const holding: ReadonlySet<Overlay['kind']> = new Set(['picker', 'help', 'save', 'export']);

/**
Takes keys and carries out commands on the session and on what the user looks at.
Mistakes of the user become a notice or an error under the field; it throws nothing.
*/
export class Controller {
	readonly session: Session;
	readonly services: Services;
	state: InterfaceState = initialState;
	private presets: readonly PresetSummary[] | undefined;
	private exporting: {readonly path: string; readonly job: ExportJob} | undefined;

	constructor(session: Session, services: Services) {
		this.session = session;
		this.services = services;
	}

	/** The simulation waits: what lies over the view hides its numbers. */
	get held(): boolean {
		return this.state.overlay !== undefined && holding.has(this.state.overlay.kind);
	}

	/** Scopes in which a key is looked up, first match wins. */
	get scopes(): readonly Scope[] {
		const {overlay, filter} = this.state;
		if (overlay !== undefined) {
			const scope: Scope = overlay.kind === 'picker' && overlay.filtering ? 'modal:pickerFilter' : `modal:${overlay.kind}`;
			return ['always', scope];
		}

		return filter?.editing === true ? ['always', 'modal:filter'] : ['always', 'overview', 'global'];
	}

	/** An export is being made: `work` wants to be called. */
	get working(): boolean {
		return this.exporting !== undefined;
	}

	/** The presets, read once. */
	get presetList(): readonly PresetSummary[] {
		this.presets ??= this.services.shelf.list();
		return this.presets;
	}

	/** Commands that the palette offers for a text, best first. */
	paletteMatches(text: string): readonly Command[] {
		return paletteMatches(text);
	}

	/** A key by its name: `up`, `C-r`, `a`. */
	press(key: string): void {
		const command = commandFor(key, this.scopes);
		if (command !== undefined) {
			this.runCommand(command);
			return;
		}

		this.type(key);
	}

	/** A text that came at once goes into the field that is open. */
	paste(text: string): void {
		const field = this.openField();
		if (field === undefined) {
			this.say('a paste goes into a field, and none is open', true);
			return;
		}

		const after = pasteText(field, text);
		this.setField(after.field);
		if (after.leftOut > 0) {
			this.complain(`a field takes ${longest} characters of ASCII: ${after.leftOut} of the paste ${after.leftOut === 1 ? 'is' : 'are'} left out`);
		}
	}

	/** Carries out a command of the registry. */
	runCommand(id: string): void {
		const command = commandById(id);
		if (command === undefined) {
			return;
		}

		this.update({notice: undefined});
		this.attempt(() => {
			command.run(this);
		});
	}

	update(part: Partial<InterfaceState>): void {
		this.state = {...this.state, ...part};
	}

	say(text: string | undefined, bad = false): void {
		if (text !== undefined) {
			this.update({notice: {text, bad}});
		}
	}

	/** Sets a parameter from text as it is typed. Throws `UserError`. */
	setFromText(key: string, text: string): void {
		const entry = parameter(key);
		this.say(this.session.set(key, parseValue(entry, text)));
	}

	/** The value of a parameter as it is typed. */
	textOf(key: string): string {
		const value: ParameterValue | undefined = this.session.valueOf(key);
		return value === undefined ? '' : shortValue(parameter(key), value);
	}

	startExport(path: string, job: ExportJob): void {
		this.exporting = {path, job};
		this.showProgress(0);
	}

	cancelExport(): void {
		this.exporting = undefined;
	}

	/** Makes about `budget` events of the export; writes its file at the end. */
	work(budget: number): void {
		const {exporting} = this;
		if (exporting === undefined) {
			return;
		}

		this.attempt(() => {
			if (exporting.job.advance(budget)) {
				this.finishExport(exporting);
			} else {
				this.showProgress(exporting.job.progress);
			}
		});
	}

	private finishExport({path, job}: {readonly path: string; readonly job: ExportJob}): void {
		const text = job.text();
		this.services.files.write(path, text);
		this.exporting = undefined;
		this.update({overlay: undefined});
		this.say(`saved ${path}, ${(text.length / 1e6).toFixed(2)} MB`);
	}

	private showProgress(progress: number): void {
		const {overlay} = this.state;
		if (overlay?.kind === 'export') {
			this.update({overlay: {...overlay, progress, error: undefined}});
		}
	}

	private attempt(action: () => void): void {
		try {
			action();
		} catch (error) {
			if (!(error instanceof UserError)) {
				throw error;
			}

			this.exporting = undefined;
			this.complain(error.message);
		}
	}

	/** A mistake is told under the field that is open, else in the row of notices. */
	private complain(message: string): void {
		const {overlay} = this.state;
		if (overlay?.kind === 'export') {
			this.update({overlay: {...overlay, error: message, progress: undefined}});
		} else if (overlay !== undefined && 'error' in overlay) {
			this.update({overlay: {...overlay, error: message}});
		} else {
			this.say(message, true);
		}
	}

	/** The text that is being typed, wherever it stands; undefined when nothing is open for typing. */
	private openField(): TextField | undefined {
		const {overlay, filter} = this.state;
		if (overlay === undefined) {
			return filter?.editing === true ? filter.text : undefined;
		}

		switch (overlay.kind) {
			case 'editor':
			case 'save':
			case 'palette': {
				return overlay.text;
			}

			case 'export': {
				return overlay.progress === undefined ? overlay.text : undefined;
			}

			case 'picker': {
				return overlay.filtering ? overlay.filter : undefined;
			}

			case 'help': {
				return undefined;
			}
		}
	}

	private setField(text: TextField): void {
		const {overlay, filter} = this.state;
		switch (overlay?.kind) {
			case undefined: {
				this.update({filter: filter && {...filter, text}});
				break;
			}

			case 'palette': {
				const index = Math.min(overlay.index, Math.max(0, paletteMatches(text).length - 1));
				this.update({
					overlay: {
						...overlay, text, index, error: undefined,
					},
				});
				break;
			}

			case 'picker': {
				this.update({overlay: {...overlay, filter: text, index: 0}});
				break;
			}

			case 'editor':
			case 'save':
			case 'export': {
				this.update({overlay: {...overlay, text, error: undefined}});
				break;
			}

			case 'help': {
				break;
			}
		}
	}

	private type(key: string): void {
		const field = this.openField();
		const text = field === undefined ? undefined : editText(field, key);
		if (text !== undefined) {
			this.setField(text);
		}
	}
}
