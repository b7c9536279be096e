import { offerThemes } from '../parts/themes.js';
import { offerSearch } from '../parts/search.js';
import { workOffline } from '../parts/offline.js';

offerThemes(document);
offerSearch(document);
workOffline();
