import {type InterfaceState} from './interface-state.js';
import {type Scope} from './key-table.js';

/**
Scopes in which a key is looked up, first match wins; `view`: those of the view that is looked at.
*/
export function scopesOf({overlay, filter, lesson}: InterfaceState, view: readonly Scope[]): readonly Scope[] {
	if (overlay !== undefined) {
		const scope: Scope =
			overlay.kind === 'picker' && overlay.filtering ? 'modal:pickerFilter' : `modal:${overlay.kind}`;
		return ['always', scope];
	}

	if (filter?.editing === true) {
		return ['always', 'modal:filter'];
	}

	return lesson === undefined ? ['always', ...view] : ['always', 'lesson', ...view];
}
