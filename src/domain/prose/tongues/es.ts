/** Spanish. */
import { headOf, requestIn, set, verbsOf, type Grammar } from './grammar.js';
import { formsOf, join } from './iberian.js';
import { firstWords, plainly, start, word } from './text.js';
import type { Tongue } from './tongue.js';

const verbs = verbsOf(
  `agregar añadir=añade,añadí,añada,añadas,añadan/añadido,añadida,añadidos,añadidas adicionar corregir=corrige,corregí,corrija,corrijas,corrijan/corregido,corregida,corregidos,corregidas
  arreglar cambiar quitar borrar eliminar renombrar mover=mueve,mové,mueva,muevas/movido,movida crear actualizar modificar reemplazar sustituir=sustituye,sustituí,sustituya,sustituyas/sustituido,sustituida
  hacer=haz,hacé,haga,hagas,hagan,hace/hecho,hecha,hechos,hechas rehacer=rehaz,rehacé,rehaga/rehecho poner=pon,poné,ponga,pongas,pone/puesto,puesta,puestos,puestas revisar verificar probar=prueba,probá,pruebe,pruebes/probado,probada,probados,probadas
  testear documentar migrar desactivar activar deshabilitar habilitar configurar instalar desplegar=despliega,desplegá,despliegue,despliegues/desplegado,desplegada publicar generar regenerar implementar
  refactorizar limpiar simplificar optimizar acelerar mejorar separar dividir=divide,dividí,divida,dividas/dividido extraer=extrae,extraé,extraiga,extraigas/extraído escribir=escribe,escribí,escriba,escribas/escrito,escrita,escritos,escritas
  reescribir=reescribe,reescribí,reescriba/reescrito,reescrita traducir=traduce,traducí,traduzca,traduzcas/traducido,traducida mostrar=muestra,mostrá,muestre,muestres/mostrado,mostrada ocultar esconder explicar listar mirar analizar comparar buscar
  encontrar=encuentra,encontrá,encuentre/encontrado ejecutar correr=corre,corré,corra,corras/corrido lanzar reiniciar detener=detén,detené,detenga/detenido parar fusionar mergear commitear pushear subir=sube,subí,suba,subas/subido,subida bajar
  convertir=convierte,convertí,convierta,conviertas/convertido reducir=reduce,reducí,reduzca,reduzcas/reducido aumentar ampliar=amplía,ampliá,amplíe,amplíes/ampliado limitar ajustar adaptar ordenar filtrar agrupar alinear centrar formatear validar
  guardar almacenar cargar descargar importar exportar enviar=envía,enviá,envíe,envíes/enviado,enviada mandar pasar usar utilizar dejar dar=da,dé,des/dado preparar redactar completar terminar continuar empezar=empieza,empezá,empiece/empezado
  conectar desconectar restaurar revertir=revierte,revertí,revierta,reviertas/revertido restablecer=restablece,restablecé,restablezca/restablecido volver=vuelve,volvé,vuelva,vuelvas/vuelto registrar loguear medir=mide,medí,mida/medido monitorear
  avisar notificar contactar cifrar encriptar proteger=protege,protegé,proteja,protejas/protegido revocar renovar=renueva,renová,renueve/renovado rotar bloquear desbloquear permitir=permite,permití,permita,permitas/permitido evitar forzar=fuerza,forzá,fuerce/forzado
  cubrir=cubre,cubrí,cubra/cubierto,cubierta integrar detectar ignorar manejar tratar resolver=resuelve,resolvé,resuelva,resuelvas/resuelto,resuelta solucionar reparar ver=mira/visto decir=di,decí,diga,digas,dime/dicho leer=lee,leé,lea/leído
  describir=describe,describí,describa/descrito,descrita resumir=resume,resumí,resuma,resumas/resumido investigar averiguar meter=mete,meté,meta,metas/metido sacar duplicar deduplicar paginar cachear mockear archivar purgar normalizar indexar
  extender=extiende,extendé,extienda/extendido reconstruir=reconstruye,reconstruí,reconstruya/reconstruido construir=construye,construí,construya/construido compilar envolver=envuelve,envolvé,envuelva/envuelto unificar partir=parte,partí,parta
  reutilizar reorganizar incluir=incluye,incluí,incluya,incluyas/incluido excluir=excluye,excluí,excluya/excluido pedir=pide,pedí,pida,pidas/pedido colocar devolver=devuelve,devolvé,devuelva,devuelvas/devuelto revisitar auditar estilizar`,
  formsOf,
);

const grammar: Grammar = {
  manners: start(
    `(?:ok|vale|dale|sí|genial|perfecto|gracias|bien|bueno|hola|buenas|buenos días|entonces|y|e|pero|luego|después|además|también|por último|primero|ahora|por favor|porfa|porfi|porfavor|de paso|ya que estás|ya que estamos|otra cosa|por cierto|mira|oye|che|eh|ah|claude|asegúrate de|no olvides|no te olvides de|no olvidar|recuerda|acordate de|acuérdate de|intenta|trata de|procura|favor de|aprovecha y|aprovecha para|finalmente|aparte|igual|encima|solo|simplemente|a ver|y también|y además|si puedes|cuando puedas|en cuanto puedas)`,
  ),
  polite: word(
    `por favor|porfa|porfavor|gracias|please|también|además|si puedes|de paso|un poco|nomás|ya mismo|de una vez`,
    'gu',
  ),
  frames:
    /^(?:(?:me |nos |lo |la )?(?:puedes|podrias|podes|podeis|podrian|pueden|puede|podria|te animas a|te importa|te importaria|seria posible|es posible|se puede|se podria|quieres|querrias)|(?:habria que|hay que|tenemos que|tienes que|tenes que|toca|debemos|deberiamos|deberias|debes|debe|necesito|necesitamos|quiero|queremos|quisiera|me gustaria|nos gustaria|vamos a|convendria|conviene|falta|faltaria|faltan|es necesario|hace falta|haria falta|seria bueno|estaria bien|estaria bueno|toca|a))(?: (?:me|nos|lo|la|tambien|ya|por favor|porfa|ademas|solo|volver a))*\s+/u,
  clausal:
    /^(?:necesito|necesitamos|quiero|queremos|quisiera|me gustaria|nos gustaria|seria bueno|estaria bien|estaria bueno|hace falta|haria falta|es necesario|prefiero|te pido)(?: tambien)? que (?:me |nos |lo |la |tu |se )*/u,
  wishes:
    /^(?:(?:necesito|necesitamos|quiero|queremos|quisiera|me gustaria|hace falta|haria falta)(?: tambien| tener)? ?(?=un|una|unos|unas|el|la|los|las|mas|otro|otra)|(?:nos |me |aqui |ahi )*faltan?(?: tambien| aun)? )/u,
  obliged:
    /\s(?:debe|deben|deberia|deberian|tiene que|tienen que|hay que|habria que)(?: (?:tambien|siempre|ya))*(?: ser| estar| quedar)? /u,
  verbs,
  nounish: set(
    'prueba lista marca copia guarda carga corre parte para nota busca cambio ordena sube muestra usa baja da mide resume trata pide falta mira mete parta lee ve di describe incluye muestre genera devuelve limita permite detecta ignora registra valida',
  ),
  article:
    /^(?:el|la|los|las|un|una|unos|unas|lo|ese|esa|este|esta|esto|eso|mi|tu|nuestro|nuestra|todo|toda|todos|todas|tambien|que|al|en|a|por|-|\d)(?![\p{L}])/u,
  pronoun:
    /^(?:(?:lo|la|los|las|eso|esto|esa|ese|ello|todo|asi|de eso|el error|ese error|este error|el problema|ese problema|este problema|el bug|ese bug|este bug|le|nos|me|que|pasa|por|favor|ya|con|adelante|el resto)\s*)+$/u,
  answers: set(
    'explicar verificar revisar mostrar listar mirar analizar comparar resumir describir leer pushear commitear mergear fusionar ejecutar correr decir buscar averiguar investigar medir auditar',
  ),
  answering:
    /^(?:hacer (?:un|el|una) (?:commit|push|pr|merge|resumen|revision)|(?:crear|abrir) (?:un |el |la |una )?(?:pr|mr|pull request|merge request)|subir (?:los |el )?(?:cambios|commit)|dar (?:me |un |una )|lanzar (?:los |las )?(?:tests|pruebas)|probar(?: que| si)|encontrar (?:por|donde|la causa))/u,
  negation:
    /^(?:no(?! (?:olvides|te olvides))|sin|nunca|nada|tampoco|ni)(?![\p{L}])|\s(?:no|sin) (?:toques|cambies|modifiques|tocar|cambiar|modificar|borres)(?![\p{L}])/u,
  infinitive: /^[a-zñ]{2,}(?:ar|er|ir)$/u,
  enclitic: /(?:me|nos|se|te)?(?:lo|la|los|las|le|les)$|(?:me|nos)$/u,
  join,
};

function tidy(object: string): string {
  const [first, rest] = headOf(object);
  const verb = verbs.orders.get(plainly(first));
  return verb === undefined || rest === '' ? object : join(verb, rest);
}

export const es: Tongue = {
  seams: /[,;:!?…]\s+|\.\s+|\s[–—-]\s|\s\(|\)\s?|,?\s(?:y de paso|y tambien|y luego|y|e|pero|luego)\s/gu,
  and: /^,?\s(?:y de paso|y tambien|y luego|y|e)\s$/u,
  subordinate:
    /^(?:si|cuando|para|porque|ya que|aunque|mientras|hasta|antes|que|donde|como|pues|asi que|sin|en cuanto|siempre que|tal como|con tal|de modo|despues de)\s/u,
  request: (clause) => requestIn(clause, grammar),
  forbids: grammar.negation,
  notYet: word(`todavía no|aún no|por ahora no|de momento no|no (?:por )?ahora|no hoy|más adelante|más tarde`),
  later: word(
    `mañana(?: por la (?:mañana|tarde))?|más tarde|más adelante|luego|la (?:próxima semana|semana que viene|semana próxima)|el (?:próximo|mes que viene|lunes|martes|miércoles|jueves|viernes)(?: [\\p{L}]+)?|en el próximo sprint|próximo sprint|después (?:de|del) (?:la |el )?(?:[\\p{L}]+)|algún día|cuando (?:tengas|haya|tengamos|puedas) (?:tiempo|un rato|un hueco)|otro día|en otro momento|el fin de semana|no hoy|no ahora|en (?:una|dos|unas|un|unos) (?:semanas?|días?|mes|meses)|sin prisa`,
  ),
  failing: word(
    `falla(?:n|ba|ron)?|fallo|fallan|se cae(?:n)?|se cayó|está caíd[oa]|crashea(?:n)?|crasheó|petó|peta(?:n)?|se rompe(?:n)?|se rompió|explota|revienta|se cuelga(?:n)?|se colgó|se congela|se bloquea|no (?:arranca|inicia|responde|carga|compila|abre|conecta|levanta|termina|se conecta|se abre|me deja entrar|funciona el login|pasan?)(?:n)?|lanza una? (?:excepción|error)|(?:da|devuelve|tira|sale|arroja) (?:un |una )?(?:error|excepción|5\\d\\d)\\S*|error 5\\d\\d|timeout|da timeout`,
  ),
  wrong: word(
    `sin funcionar|no (?:funciona|funcionan|anda|andan|va|se ve|se ven|se muestra|se muestran|se actualiza|se guarda|se guardan|aparece|aparecen|coincide|llega|llegan|se envía|cuadra|sirve)|mal|incorrect[oa]s?|rot[oa]s?|equivocad[oa]s?|duplicad[oa]s?|dos veces|demasiado \\S+|muy lent[oa]|lent[oa]s?|desalinead[oa]s?|vací[oa]s?|se pierde(?:n)?|desaparece(?:n)?|parpadea|obsolet[oa]s?|ilegible|se solapan?|se corta|errata|bug|desactualizad[oa]s?`,
  ),
  still: word(`sigue(?:n)?|todavía|aún|otra vez|de nuevo|nuevamente`),
  works: word(
    `(?:ya |ahora )?(?:funciona|anda|va|quedó)(?: bien| perfecto)?(?: ahora| ya)?|ya está|listo|resuelto|todo bien`,
  ),
  finished: word(
    `(?:ya )?(?:lo |la |los |las )?(?:hice|arreglé|corregí|cambié|revoqué|envié|mandé|agregué|borré|actualicé|subí|desplegué|escribí|roté|avisé|puse)|ya (?:está|están|quedó) (?:hech[oa]|list[oa]|resuelt[oa]|arreglad[oa]|corregid[oa])s?|(?:ya )?(?:lo )?he (?:hecho|arreglado|cambiado|revocado|enviado|avisado|corregido|actualizado|puesto)`,
  ),
  promise: word(
    `(?:yo )?me (?:encargo|encargaré|ocupo|ocuparé)|(?:lo |la |les |le |los )?(?:haré|pediré|enviaré|escribiré|preguntaré|cambiaré|revisaré yo|contactaré|hablaré|avisaré|llamaré|mandaré)|(?:yo )?(?:les|le) (?:escribo|pregunto|pido|aviso|mando)|(?:lo|la) (?:hago|veo|pido|pregunto|cambio) yo|yo (?:lo|la|le|les) (?:hago|veo|pido|pregunto|escribo)|voy a (?:pedir|escribir|hablar|preguntar|llamar|avisar|contactar)(?:les|le)?`,
  ),
  plans: word(
    `(?:lo |la |los |las )?(?:hacemos|vemos|veremos|haremos|dejamos|dejaremos|retomamos|arreglamos|atacamos|abordamos|agregamos|miramos|abordaremos|retomaremos)|puede(?:n)? esperar|esperará|queda(?:n)? para|es para|para (?:mañana|más adelante|luego|después)|lo dejamos para|ya (?:veremos|lo veremos)`,
  ),
  cancel: word(
    `olvida(?:te)?(?: de)?|olvídalo|déjalo(?! para)|dejalo(?! para)|cancela(?:lo)?|ya no (?:hace falta|es necesari[oa]|lo necesit\\S+|la necesit\\S+|necesit\\S+)|mejor no|descarta(?:lo)?|no hace falta`,
  ),
  hold: word(
    `espera(?! que)|esperemos|esperad|para un momento|pausa|no (?:lo )?(?:mergees|despliegues|publiques) (?:todavía|aún|hasta)`,
  ),
  yes: /^(?:(?:ah|ok|vale|genial|gracias|bueno|perfecto)[, ]+)*(?:si|sip|claro|dale|vale|ok|okay|de acuerdo|por supuesto|adelante|hazlo|hacelo|hagalo|perfecto|buena idea|me parece bien|me parece|correcto|exacto|venga|desde luego|por favor|va|listo)(?![\p{L}])/u,
  no: /^(?:(?:ah|ok|vale|gracias|bueno)[, ]+)*(?:no|nop|mejor no|todavia no|aun no|no hace falta|dejalo(?: asi)?|asi esta bien|ahora no|luego|mas tarde|en otro momento)(?![\p{L}])/u,
  nudge:
    /^(?:(?:ok|vale|dale|si|genial|perfecto|gracias|muchas|bien|muy bien|muy|bueno|continua|continue|sigue|segui|adelante|excelente|listo|entendido|hola|buenas|otra vez|intenta de nuevo|intentalo de nuevo|de nuevo|y|como va|donde quedamos|buen trabajo|me gusta|claro|estupendo|por favor|mil|todo|ya)[\s,.!¡¿?]*)+$/u,
  rest: word(`el resto|los demás|las demás|lo demás|los otros|las otras`),
  skip: word(`no|déjalo|dejalo|ignora|olvida|omite|salta|sáltate|así está|intencional|a propósito`),
  left: word(
    `pendientes?|queda(?:n)?(?: por hacer)?|por hacer|faltan?(?: por)?|próximos pasos|siguientes? pasos?|sin (?:probar|hacer|implementar|cubrir|resolver|terminar)|no (?:probado|hecho|implementado|incluido|cubierto)|todavía no|aún no|restantes?|todo|para más adelante|antes (?:de|del) (?:release|desplegar|lanzamiento|producción)|de tu lado|por tu parte|tienes que|a continuación`,
  ),
  ideas: word(`sugerencias?|ideas?|recomendaciones|mejoras(?: posibles)?|posibles mejoras|opciones|propuestas?|notas?`),
  cues: [
    {
      how: 'untested',
      form: word(
        `(?:(?:todavía|aún|pero|yo|lo|la|los|las|eso|esto) )*(?:no|sin|nunca|tampoco)(?: lo| la| los| las)? ?(?:he|ha|han|hemos|se ha|se han|pude|está|están|fue|fueron|se)? ?(?:sido |podido )?(?:probado|probada|probados|probé|probar|probarlo|probarla|verificado|verificada|verifiqué|verificar|verificarlo|comprobado|comprobar|comprobarlo|testeado|testear|medido|prueba|probó)(?: todavía| aún)?`,
      ),
      verb: 'probar',
    },
    {
      how: 'untested',
      form: word(
        `(?:me |nos )(?:faltó|falta|faltaba|quedó|queda)(?: aún| todavía)?(?: por)? (?:probarl[oa]s?|probar|verificarl[oa]s?|verificar|comprobarl[oa]s?|comprobar|medirl[oa]s?|medir)|(?:quedó|queda|quedaron|quedan|está|están) sin (?:probar|verificar|comprobar|medir)`,
      ),
      verb: 'probar',
    },
    {
      how: 'left',
      form: word(
        `(?:(?:todavía|aún|pero) )*no (?:he|ha|han|está|están|se ha|se han|fue|hemos)(?: sido| quedado)? ?(\\p{L}+(?:ado|ada|ados|adas|ido|ida|idos|idas|hecho|hecha|puesto|escrito|cubierto|resuelto))(?: todavía| aún)?`,
      ),
      verb: 'participle',
    },
    {
      how: 'left',
      form: word(
        `(?:(?:todavía|aún|solo|sólo|y|pero) )*(?:queda|quedan|falta|faltan|faltaría)(?: pendientes?| todavía| aún| solo| sólo)*(?: por| que)?|(?:queda|quedan|está|están|sigue|siguen|quedó|quedaron) pendientes?(?: de| por)?|(?:habrá|habría|hay) que (?:todavía |aún )?`,
      ),
      verb: null,
    },
    {
      how: 'before',
      form: word(
        `antes (?:de|del) (?:la |el )?(?:release|desplegar|despliegue|lanzamiento|producción|merge|publicar|demo)[^,]{0,20},? (?:hay que|habría que|habrá que|tienes que|debes|recuerda)`,
      ),
      verb: null,
    },
    {
      how: 'handed',
      form: word(
        `(?:tendrás que|tienes que|tenés que|vas a tener que|deberás|debes|te toca|te falta|no olvides|no te olvides de|recuerda|acuérdate de|acordate de|tendrán que)(?: todavía| aún| también)*`,
      ),
      verb: null,
    },
    {
      how: 'next',
      form: word(
        `(?:el )?(?:siguiente|próximo) paso(?: es| sería| será)?|(?:lo )?(?:dejo|dejé|dejamos|queda) para (?:más adelante|después|luego|otro pr|un siguiente pr|mañana)`,
      ),
      verb: null,
    },
  ],
  infinitive: (participle) => verbs.participles.get(participle) ?? null,
  unfinished: word(
    `no (?:he|lo he|la he) (?:empezado|terminado|tocado|acabado|llegado a)|no (?:empecé|terminé|toqué|alcancé|llegué a)|(?:todavía|aún) no (?:está|están) (?:list[oa]s?|terminad[oa]s?|hech[oa]s?|empezad[oa]s?)|(?:sigue|siguen) (?:igual|como antes|en su sitio)|a medias|en curso|a medio`,
  ),
  begun: word(`termin\\S+|acabado|a medias|en curso|a medio`),
  stuck: word(
    `no (?:tengo|tenemos) (?:acceso|permisos?|las credenciales)|no (?:puedo|pude|logré|logro|he podido|encuentro)(?! probar| verificar| comprobar)|bloquead[oa]|(?:ahí |allí )?(?:solo|sólo|solamente) (?:puedo|podemos|tengo permiso para) (?:leer|mirar|ver|lectura)|(?:estoy )?esperando|a la espera de|necesito (?:acceso|permiso|tu|que (?:me|tú|alguien|decidas|confirmes))|me faltan? (?:acceso|permisos|credenciales|las?|el)|sin (?:acceso|permisos)`,
  ),
  offer:
    /^(?:si (?:quieres|queres|prefieres|te parece|lo deseas|necesitas)[, ]+(?:puedo|podria|lo|la)|¿?(?:quieres|queres|te gustaria|quiere|deseas|prefieres) que (?:lo |la |tambien |ademas )*|¿?(?:debo|deberia|lo|puedo)(?= .*\?)|(?:tambien )?puedo (?:tambien |ademas )*)\s?/u,
  narration:
    /^(?:(?:ok|vale|bien|perfecto|entendido|claro|de acuerdo)[,. ]+)*(?:voy a|vamos a|primero|ahora|empiezo|comienzo|reviso|miro|busco|leo|dejame|dejame ver|veamos|a continuacion (?:voy|reviso)|luego|paso a|corrijo|agrego|actualizo|ejecuto|necesito (?:ver|revisar|mirar|leer))(?![\p{L}])/u,
  noted:
    /^(?:(?:ok|vale|bien|perfecto)[,. ]+)*(?:anotado|apuntado|entendido|tomo nota|queda anotado|lo dejo para|lo dejamos para)(?![\p{L}])/u,
  reports: word(
    `(?:ya )?(?:está|están|quedó|quedaron|queda) (?:hech|list|arreglad|corregid|actualizad|cambiad|renombrad|agregad|añadid|en su sitio|desplegad|resuelt)\\p{L}*|(?:he )?(?:corregido|agregado|añadido|cambiado|actualizado|eliminado|renombrado|creado|movido|reemplazado|arreglado)|(?:corregí|agregué|añadí|cambié|actualicé|eliminé|renombré|creé|moví|arreglé)|^(?:listo|hecho|terminado)`,
  ),
  supposes: word(
    `si (?:quieres|prefieres|necesitas|algún día|hace falta|quisieras)|podría(?:mos)?|quizás?|tal vez|opcional(?:mente)?|recomiendo|sugiero|por ejemplo|normalmente|idealmente|convendría|como pediste|a propósito`,
  ),
  empty: word(
    `yo|he|ha|han|está|están|fue|no|aún|todavía|también|pero|y|entonces|sin embargo|eso|esto|se|ya|por ahora|de momento|actualmente|aquí|solo|sólo|además|ojo|nota|pendiente|pendientes|es|son`,
    'gu',
  ),
  join,
  tidied: tidy,
  subject: firstWords,
};
