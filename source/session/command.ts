import {type Controller} from './controller.js';

/** In which column of the help a command stands; `none`: only inside an overlay. */
export type HelpColumn = 'view' | 'everywhere' | 'time' | 'none';

/** Something that a key or the palette does, by name. `run` may throw `UserError`. */
export type Command = {
	readonly id: string;
	readonly label: string;
	readonly column: HelpColumn;
	readonly run: (controller: Controller) => void;
};
