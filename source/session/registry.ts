import {type Command} from './command.js';
import {bind, type Binding, commandsFor, keyTable, type Scope} from './key-table.js';
import {type OwnKeys, withOwnKeys} from './own-keys.js';
import {type View} from './view.js';

/** Everything that a key does, and where it means it: what every view has, and what each brings. */
export class Registry<Desk> {
	/** In the order of their keys. */
	readonly views: ReadonlyArray<View<Desk>>;
	readonly commands: ReadonlyArray<Command<Desk>>;
	readonly bindings: readonly Binding[];
	private readonly byId: ReadonlyMap<string, Command<Desk>>;

	/**
	`visit` makes the command that goes to a view; `own`: the user's
	keys. Throws `UserError` for these.
	*/
	constructor(
		views: ReadonlyArray<View<Desk>>,
		commands: ReadonlyArray<Command<Desk>>,
		visit: (view: View<Desk>) => Command<Desk>,
		own: OwnKeys = {},
	) {
		this.views = views.toSorted((a, b) => (a.key < b.key ? -1 : 1));
		this.commands = [...commands, ...this.views.flatMap(view => [visit(view), ...(view.commands ?? [])])];
		const bindings = [
			...keyTable,
			...this.views.flatMap(view => [
				...bind('global', [[view.key, visit(view).id]]),
				...bind(`view:${view.id}`, view.keys ?? []),
			]),
		];
		this.bindings = withOwnKeys(bindings, own);
		this.byId = new Map(this.commands.map(command => [command.id, command]));
	}

	command(id: string): Command<Desk> | undefined {
		return this.byId.get(id);
	}

	/** The commands of a key in these scopes, the first that can be done is meant. */
	commandsOf(key: string, scopes: readonly Scope[]): ReadonlyArray<Command<Desk>> {
		return commandsFor(key, scopes, this.bindings).flatMap(id => this.byId.get(id) ?? []);
	}

	/** What help and palette offer at a desk. */
	offered(desk: Desk): ReadonlyArray<Command<Desk>> {
		return this.commands.filter(command => command.column !== 'none' && (command.can?.(desk) ?? true));
	}
}
