/** German verbs of work: infinitives, from which imperatives and participles follow. */
import { plainly } from './text.js';

const PREFIXES =
  'ab an auf aus bei ein fest frei fort her heraus hin hinaus hinzu hoch los mit nach raus rein runter rum vor weg weiter zu zurück zurueck zusammen um durch an dran drauf dazu davor dahinter sauber fertig gerade live bereit stumm scharf kurz klar tot still';
export const PARTICLES: ReadonlySet<string> = new Set(PREFIXES.split(' ').map(plainly));

/** `base=imperative/participle`; a participle of a verb with a particle is the particle and that of its base. */
const WORDS = `
  machen setzen nehmen=nimm,nehmt/genommen geben=gib,gebt/gegeben tragen=trag,trage,tragt/getragen bauen fügen legen stellen schalten ziehen=zieh,ziehe,zieht/gezogen
  schreiben=schreib,schreibe,schreibt/geschrieben lesen=lies,lest/gelesen sehen=sieh,seht,siehe/gesehen werfen=wirf,werft/geworfen gehen=geh,gehe,geht/gegangen
  löschen entfernen ändern=ändere,änder,ändert/geändert ersetzen benennen=benenn,benenne,benennt/benannt verschieben=verschieb,verschiebe,verschiebt/verschoben
  umbenennen=/umbenannt testen prüfen überprüfen korrigieren reparieren beheben=behebe,beheb,behebt/behoben lösen fixen refactoren refaktorisieren aktualisieren
  deaktivieren aktivieren konfigurieren installieren implementieren migrieren dokumentieren generieren sortieren filtern=filtere,filter,filtert/gefiltert formatieren trainieren
  optimieren reduzieren erhöhen verringern=verringere,verringert/verringert senken begrenzen beschränken erweitern=erweitere,erweitert/erweitert verkleinern=verkleinere/verkleinert vergrößern=vergrößere/vergrößert
  vereinfachen verbessern=verbessere,verbesser,verbessert/verbessert beschleunigen vereinheitlichen veröffentlichen ergänzen erstellen erzeugen anlegen=/angelegt
  verwenden benutzen nutzen speichern=speichere,speicher,speichert/gespeichert laden=lad,lade,ladet/geladen senden=sende,sendet/gesendet schicken holen bringen=bring,bringe,bringt/gebracht
  halten=halt,halte,haltet/gehalten lassen=lass,lasse,lasst/gelassen starten stoppen verstecken zeigen erklären beschreiben=beschreib,beschreibe/beschrieben vergleichen=vergleich,vergleiche/verglichen
  suchen finden=finde,find,findet/gefunden schauen gucken melden fragen bitten sagen kümmern=kümmere,kümmer merken tauschen drehen kürzen teilen trennen=trenn,trenne,trennt/getrennt splitten
  mergen committen pushen deployen releasen rebasen bumpen updaten upgraden cachen loggen mocken hochziehen=/hochgezogen nummerieren sperren räumen richten passen führen
  verbinden=verbinde/verbunden rufen=ruf,rufe/gerufen verschlüsseln=verschlüssele/verschlüsselt sichern=sichere,sicher/gesichert schützen umstellen=/umgestellt übersetzen überarbeiten übertragen=übertrag,übertrage/übertragen
  übernehmen=übernimm/übernommen unterstützen behandeln=behandle/behandelt verhindern=verhindere/verhindert vermeiden=vermeide/vermieden gruppieren zentrieren färben markieren blenden klappen
  runden kopieren importieren exportieren validieren normalisieren paginieren archivieren indizieren protokollieren überwachen messen=miss,messt/gemessen benchmarken
  rotieren erneuern=erneuere/erneuert widerrufen=widerruf,widerrufe/widerrufen verschicken beantragen bestellen besorgen klären besprechen=besprich/besprochen freigeben=/freigegeben
  zusammenfassen=/zusammengefasst fassen listen zählen öffnen schließen=schließ,schließe/geschlossen beenden unterbinden=unterbinde/unterbunden erlauben verbieten=verbiete/verboten
  kennzeichnen hinterlegen=/hinterlegt anbinden=/angebunden binden=binde/gebunden hängen heben=heb,hebe/gehoben drosseln=drossle/gedrosselt ignorieren überspringen=überspring/übersprungen abfangen=/abgefangen
  fangen=fang,fange/gefangen greifen=greif,greife/gegriffen wechseln=wechsle,wechsel/gewechselt reichen kennen gewährleisten sicherstellen=/sichergestellt vorbereiten=/vorbereitet bereiten lokalisieren
  portieren bereinigen säubern=säubere/gesäubert putzen ausführen=/ausgeführt laufen=lauf,laufe/gelaufen rechnen berechnen schneiden=schneide/geschnitten verlinken verdrahten verkabeln einrichten=/eingerichtet
  analysieren debuggen untersuchen ermitteln=ermittle/ermittelt reviewen entwerfen=entwirf/entworfen entwickeln=entwickle/entwickelt gestalten formulieren abdecken=/abgedeckt decken skalieren konvertieren wandeln=wandle/gewandelt
  entkoppeln=entkopple/entkoppelt auslagern=/ausgelagert lagern=lagere/gelagert abschalten schalten simulieren stubben verlängern=verlängere/verlängert verkürzen leeren füllen befüllen planen registrieren
  automatisieren deduplizieren bündeln=bündle/gebündelt angehen=/angegangen anfangen=/angefangen beginnen=beginne,beginn/begonnen abschließen=/abgeschlossen fertigstellen=/fertiggestellt umsetzen=/umgesetzt
  verifizieren erledigen ausprobieren=/ausprobiert probieren anpassen=/angepasst nachziehen=/nachgezogen nachtragen=/nachgetragen nachholen=/nachgeholt
  aufräumen einbauen ausbauen umbauen hinzufügen einfügen eintragen austragen rausnehmen rauswerfen anzeigen ausblenden einblenden ausgeben=/ausgegeben eingeben=/eingegeben abfragen anschauen ansehen=/angesehen
  umziehen=/umgezogen einziehen anhängen einhängen festlegen vorlegen hochsetzen herabsetzen zurücksetzen zurückrollen zurückziehen wiederherstellen=/wiederhergestellt herstellen nachrüsten austauschen abstellen einstellen
  anhalten=/angehalten beibehalten=/beibehalten durchführen einführen zusammenführen anlegen ablegen verlegen einspielen ausrollen hochladen=/hochgeladen runterladen=/runtergeladen herunterladen=/heruntergeladen nachladen=/nachgeladen
  anstoßen=/angestoßen abbrechen=/abgebrochen brechen=brich/gebrochen umleiten weiterleiten leiten einlesen=/eingelesen auslesen=/ausgelesen nachlesen aufteilen unterteilen aufsplitten absichern=/abgesichert aktualisieren anschließen=/angeschlossen`;

interface Verbs {
  readonly orders: ReadonlyMap<string, string>;
  readonly infinitives: ReadonlyMap<string, string>;
  readonly participles: ReadonlyMap<string, string>;
}

const UNSTRESSED = /^(?:be|ver|er|ent|zer|miss|über|unter|wider|hinter)/u;

function participleOf(infinitive: string): string {
  const stem = infinitive.replace(/e?n$/u, '');
  const end = /[td]$/u.test(stem) ? 'et' : 't';
  const apart = separated(infinitive);
  if (apart !== null) return `${apart[0]}${participleOf(apart[1])}`;
  if (/ieren$/u.test(infinitive) || (UNSTRESSED.test(infinitive) && infinitive.length > 6)) return stem + end;
  return `ge${stem}${end}`;
}

/** `ein|tragen`. */
function separated(infinitive: string): readonly [string, string] | null {
  for (const prefix of BY_LENGTH) {
    const base = infinitive.slice(prefix.length);
    if (infinitive.startsWith(prefix) && BASES.has(plainly(base))) return [prefix, base];
  }
  return null;
}

const ENTRIES = WORDS.trim().split(/\s+/);
const BASES = new Set(ENTRIES.map((entry) => plainly(entry.split('=')[0] ?? '')));
const BY_LENGTH = PREFIXES.split(' ').sort((a, b) => b.length - a.length);

export const VERBS: Verbs = (() => {
  const orders = new Map<string, string>();
  const infinitives = new Map<string, string>();
  const participles = new Map<string, string>();
  for (const entry of ENTRIES) {
    const [infinitive = '', own = ''] = entry.split('=');
    const [said = '', done = ''] = own.split('/');
    const stem = infinitive.replace(/e?n$/u, '');
    infinitives.set(plainly(infinitive), infinitive);
    participles.set(plainly(done === '' ? participleOf(infinitive) : done), infinitive);
    if (separated(infinitive) !== null) continue;
    const forms = said === '' ? [stem, `${stem}e`, `${stem}t`] : said.split(',');
    for (const form of forms) orders.set(plainly(form), infinitive);
  }
  return { orders, infinitives, participles };
})();

/** An infinitive that is known, or a known one behind a particle: `rausnehmen`. */
export function infinitiveOf(word: string): string | null {
  const low = plainly(word);
  const known = VERBS.infinitives.get(low);
  if (known !== undefined) return known;
  for (const prefix of BY_LENGTH) {
    const start = plainly(prefix);
    if (low.startsWith(start) && VERBS.infinitives.has(low.slice(start.length)))
      return low === word.toLowerCase() ? word.toLowerCase() : word;
  }
  return null;
}

/** The infinitive of `getestet`, `rausgenommen`, `einzutragen`. */
export function ofParticiple(word: string): string | null {
  const low = plainly(word);
  const known = VERBS.participles.get(low);
  if (known !== undefined) return known;
  for (const prefix of BY_LENGTH) {
    const start = plainly(prefix);
    if (!low.startsWith(start)) continue;
    const rest = low.slice(start.length);
    const base =
      VERBS.participles.get(rest) ?? (rest.startsWith('zu') ? VERBS.infinitives.get(rest.slice(2)) : undefined);
    if (base !== undefined) return prefix + base;
  }
  return null;
}
