import {glossaryPage} from './glossary-page.js';
import {metricsPage} from './metrics-page.js';
import {parametersPage} from './parameters-page.js';
import {presetsPage} from './presets-page.js';
import {verbsPage} from './verbs-page.js';
import {verdictsPage} from './verdicts-page.js';

/** The pages that are drawn from the tables, by their place below `docs/`. */
export async function referencePages(): Promise<ReadonlyMap<string, string>> {
	return new Map([
		['glossary.md', glossaryPage()],
		['reference/parameters.md', parametersPage()],
		['reference/metrics.md', metricsPage()],
		['reference/verdicts.md', verdictsPage()],
		['reference/presets.md', await presetsPage()],
		['reference/verbs.md', await verbsPage()],
	]);
}
