import {type ParameterValue} from '../parameters/configuration.js';
import {parameter} from '../simulation/parameters/table.js';
import {UserError} from '../errors/user-error.js';
import {parseValue} from '../parameters/value.js';
import {type Snapshot} from './caption.js';
import {type Command} from './command.js';
import {advanceExport, type ExportWork} from './export-work.js';
import {initialState, type InterfaceState, type Overlay} from './interface-state.js';
import {keyName, keysOf, type Scope} from './key-table.js';
import {openField, withField, withMistake} from './open-field.js';
import {shortValue} from './parameter-list.js';
import {type PresetSummary} from './preset-shelf.js';
import {type Registry} from './registry.js';
import {scopesOf} from './scopes-of.js';
import {type Session} from './session.js';
import {Stretch} from './stretch.js';
import {type Subject} from './subject.js';
import {editText, longest, pasteText} from './text-field.js';
import {Tour} from './lesson/tour.js';
import {type View} from './view.js';

/** How a screen is written to a file. */
export type ScreenFormat = 'text' | 'ansi' | 'svg';

/** What only the terminal can do. */
export type Services = {
	quit(): void;
	suspend(): void;
	redraw(): void;
	/** Puts a text into the clipboard of the terminal (OSC 52). */
	copy?(text: string): void;
	/** The screen below any overlay as a file. */
	picture?(format: ScreenFormat): string;
};

/** A command and a view of the laboratory. */
export type DeskCommand = Command<Controller>;
export type DeskView = View<Controller>;

/** Overlays that hide the numbers; a run waits under them. */
const holding: ReadonlySet<Overlay['kind']> = new Set([
	'picker',
	'lessons',
	'help',
	'explain',
	'save',
	'screen',
	'export',
]);

/**
Takes keys and carries out commands on the subject and on what the user looks at.
Mistakes of the user become a notice or an error under the field; it throws nothing.
*/
export class Controller {
	readonly subject: Subject;
	readonly services: Services;
	readonly registry: Registry<Controller>;
	readonly stretch: Stretch;
	readonly tour: Tour;
	state: InterfaceState;
	/** Lines that the open overlay can be scrolled by; whoever draws it says so. */
	scrollLimit = 0;
	private presets: readonly PresetSummary[] | undefined;
	private exporting: ExportWork | undefined;

	constructor(subject: Subject, services: Services, registry: Registry<Controller>) {
		this.subject = subject;
		this.services = services;
		this.registry = registry;
		this.stretch = new Stretch(subject, this);
		this.tour = new Tour(this);
		this.state = {...initialState, column: subject.firstColumn};
	}

	/** The views that can draw the subject, in the order of their keys. */
	get tabs(): readonly DeskView[] {
		return this.registry.views.filter(view => view.words[this.subject.kind] !== undefined);
	}

	/** The view that is looked at. */
	get view(): DeskView {
		const {tabs} = this;
		return tabs.find(view => view.id === this.state.view) ?? tabs[0];
	}

	/** A run waits: what lies over the view hides its numbers. */
	get held(): boolean {
		return this.state.overlay !== undefined && holding.has(this.state.overlay.kind);
	}

	/** Scopes in which a key is looked up, first match wins. */
	get scopes(): readonly Scope[] {
		return scopesOf(this.state, this.viewScopes);
	}

	/** The scopes of the keys that need no overlay. */
	get viewScopes(): readonly Scope[] {
		return [`view:${this.view.id}`, 'history', 'global'];
	}

	/** An export is being made: `work` wants to be called. */
	get working(): boolean {
		return this.exporting !== undefined;
	}

	/** The presets, read once; none where there is nothing to load them into. */
	get presetList(): readonly PresetSummary[] {
		this.presets ??= this.subject.run?.shelf.list() ?? [];
		return this.presets;
	}

	/** What help and palette offer. */
	get offered(): readonly DeskCommand[] {
		return this.registry.offered(this);
	}

	/** Room of the charts' lines: of a screen of another size, or of another view. */
	fit(columns: number): void {
		this.subject.columns = columns;
		this.stretch.columns = columns;
	}

	/** What is shown now. */
	look(): Snapshot {
		const session = this.subject.run?.session;
		if (session?.trouble !== undefined) {
			this.say(session.trouble, true);
			session.trouble = undefined;
		} else if (session?.news !== undefined) {
			this.say(session.news);
			session.news = undefined;
		}

		const snapshot = this.subject.take(this.state, this.stretch.span);
		this.tour.look(snapshot);
		return snapshot;
	}

	/** A key by its name: `up`, `C-r`, `a`. */
	press(key: string): void {
		const bound = this.registry.commandsOf(key, this.scopes);
		const command = bound.find(candidate => candidate.can?.(this) ?? true);
		if (command !== undefined) {
			this.carryOut(command);
			return;
		}

		if (bound.length === 0) {
			this.type(key);
			return;
		}

		const words = bound.map(candidate => candidate.refusal?.(this)).find(text => text !== undefined);
		this.answer(words ?? `${keyName(key)} can do nothing here`);
	}

	/** A key does something where the desk is now. */
	means(key: string): boolean {
		return this.registry.commandsOf(key, this.scopes).some(command => command.can?.(this) ?? true);
	}

	/** A text that came at once goes into the field that is open. */
	paste(text: string): void {
		const field = openField(this.state);
		if (field === undefined) {
			this.say('a paste goes into a field, and none is open', true);
			return;
		}

		const after = pasteText(field, text);
		this.update(withField(this.state, after.field));
		if (after.leftOut > 0) {
			this.complain(
				`a field takes ${longest} characters of ASCII: ${after.leftOut} of the paste ` +
					`${after.leftOut === 1 ? 'is' : 'are'} left out`,
			);
		}
	}

	/** Carries out a command of the registry. */
	runCommand(id: string): void {
		const command = this.registry.command(id);
		if (command !== undefined) {
			this.carryOut(command);
		}
	}

	update(part: Partial<InterfaceState>): void {
		this.state = {...this.state, ...part};
	}

	say(text: string | undefined, bad = false): void {
		if (text !== undefined) {
			this.update({notice: {text, bad}});
		}
	}

	/** Sets a parameter of the run from text as it is typed. Throws `UserError`. */
	setFromText(session: Session, key: string, text: string): void {
		const entry = parameter(key);
		this.say(session.set(key, parseValue(entry, text)));
	}

	/** The value of a parameter of the run as it is typed. */
	textOf(key: string): string {
		const value: ParameterValue | undefined = this.subject.run?.session.valueOf(key);
		return value === undefined ? '' : shortValue(parameter(key), value);
	}

	startExport(work: ExportWork): void {
		this.exporting = work;
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
			const done = advanceExport(exporting, budget);
			if (typeof done === 'number') {
				this.showProgress(done);
				return;
			}

			this.exporting = undefined;
			this.update({overlay: undefined});
			this.say(done);
		});
	}

	/**
	Lets the views begin and end what they have done elsewhere; `isOpen`:
	somebody looks at one of them.
	*/
	attend(isOpen: boolean): void {
		for (const view of this.tabs) {
			view.attend?.(this, isOpen && view === this.view);
		}
	}

	/** Says for a moment that a key did nothing. */
	private answer(text: string): void {
		this.update({notice: {text, bad: false, brief: true}});
	}

	private carryOut(command: DeskCommand): void {
		this.update({notice: undefined});
		this.attempt(() => {
			command.run(this);
		});
		this.tour.did(command.id);
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

	private complain(message: string): void {
		this.update(withMistake(this.state, message));
	}

	private type(key: string): void {
		const field = openField(this.state);
		const text = field === undefined ? undefined : editText(field, key);
		if (text !== undefined) {
			this.update(withField(this.state, text));
		} else if (field === undefined) {
			this.answer(`${keyName(key)} does nothing here: ${keysOf('help.toggle')[0] ?? ''} shows the keys`);
		}
	}
}
