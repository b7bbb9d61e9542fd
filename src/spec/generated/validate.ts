// biome-ignore-all lint: generated
// biome-ignore-all format: generated
// @ts-nocheck
// Written by scripts/generateSchema.ts; do not edit.
export const validate = validate10;
export default validate10;
const schema11 = {"$schema":"http://json-schema.org/draft-07/schema#","type":"object","properties":{"name":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"description":{"type":["string","number"],"maxLength":20000,"x-kind":"text"},"tags":{"type":"array","items":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"maxItems":500},"seed":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"duration":{"type":["string","number"],"maxLength":1000,"x-kind":"duration"},"warmup":{"type":["string","number"],"maxLength":1000,"x-kind":"duration"},"extends":{"type":["array","string"],"items":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"maxItems":20,"maxLength":1000},"vars":{"type":"object","additionalProperties":{"type":["string","number","boolean","null","array","object"]},"propertyNames":{"pattern":"^(?=\\S)(?!.*\\s$)[^\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029]{1,120}$"},"maxProperties":200},"regions":{"type":"object","additionalProperties":{"allOf":[{"$ref":"#/definitions/region"}]},"propertyNames":{"pattern":"^(?=\\S)(?!.*\\s$)[^\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029]{1,120}$"},"maxProperties":200},"links":{"type":"array","items":{"allOf":[{"$ref":"#/definitions/link"}]},"maxItems":500},"clusters":{"type":"object","additionalProperties":{"allOf":[{"$ref":"#/definitions/cluster"}]},"propertyNames":{"pattern":"^(?=\\S)(?!.*\\s$)[^\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029]{1,120}$"},"maxProperties":20},"cluster":{"allOf":[{"$ref":"#/definitions/cluster"}]},"region":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"kafka":{"type":["string","number"],"maxLength":20,"x-kind":"kafkaVersion"},"coordination":{"type":["string","object"],"x-kind":"coordination","properties":{"zookeeper":{"type":"object","properties":{"ensemble":{"type":"integer","minimum":1,"maximum":9}},"additionalProperties":false}},"additionalProperties":false},"controllers":{"allOf":[{"$ref":"#/definitions/controllers"}]},"brokers":{"allOf":[{"$ref":"#/definitions/brokers"}]},"config":{"type":"object","additionalProperties":{"type":["string","number","boolean","null","array"],"items":{"type":["string","number","boolean"]},"maxItems":100},"maxProperties":500,"x-kind":"configs:broker"},"eligibleLeaderReplicas":{"type":"boolean"},"topics":{"type":"object","additionalProperties":{"allOf":[{"$ref":"#/definitions/topic"}]},"propertyNames":{"pattern":"^(?!\\.{1,2}$)[a-zA-Z0-9._-]{1,249}$"},"maxProperties":2000,"x-names":"topic"},"security":{"x-notAvailable":"Authentication and access control"},"producers":{"type":"object","additionalProperties":{"allOf":[{"$ref":"#/definitions/producer"}]},"propertyNames":{"pattern":"^(?=\\S)(?!.*\\s$)[^\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029]{1,120}$"},"maxProperties":200},"consumers":{"type":"object","additionalProperties":{"allOf":[{"$ref":"#/definitions/consumer"}]},"propertyNames":{"pattern":"^(?=\\S)(?!.*\\s$)[^\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029]{1,120}$"},"maxProperties":200},"replication":{"x-notAvailable":"Replication between clusters (MirrorMaker 2, cluster links)"},"failures":{"type":"array","items":{"allOf":[{"$ref":"#/definitions/failure"}]},"maxItems":500},"operations":{"type":"array","items":{"allOf":[{"$ref":"#/definitions/operation"}]},"maxItems":500},"expect":{"type":"array","items":{"allOf":[{"$ref":"#/definitions/expectation"}]},"maxItems":500},"matrix":{"type":"object","properties":{"vary":{"type":"object","additionalProperties":{"type":"array","minItems":1,"maxItems":256},"maxProperties":20},"except":{"type":"array","items":{"type":"object","additionalProperties":{"type":["string","number","boolean","null"]},"maxProperties":20},"maxItems":500}},"additionalProperties":false,"required":["vary"]}},"additionalProperties":false,"definitions":{"region":{"type":"object","properties":{"zones":{"type":"array","items":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"maxItems":500},"network":{"type":"object","properties":{"withinZone":{"type":["string","number"],"maxLength":1000,"x-kind":"duration"},"betweenZones":{"type":["string","number"],"maxLength":1000,"x-kind":"duration"},"jitter":{"type":["string","number"],"maxLength":1000,"x-kind":"percent"},"bandwidth":{"type":["string","number"],"maxLength":1000,"x-kind":"throughput"},"loss":{"type":["string","number"],"maxLength":1000,"x-kind":"percent"}},"additionalProperties":false}},"additionalProperties":false},"link":{"type":"object","properties":{"between":{"type":"array","items":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"maxItems":500},"latency":{"type":["string","number"],"maxLength":1000,"x-kind":"duration"},"jitter":{"type":["string","number"],"maxLength":1000,"x-kind":"percent"},"bandwidth":{"type":["string","number"],"maxLength":1000,"x-kind":"throughput"},"loss":{"type":["string","number"],"maxLength":1000,"x-kind":"percent"}},"additionalProperties":false,"required":["between","latency"]},"hardware":{"type":"object","properties":{"cores":{"type":"integer","minimum":1,"maximum":1024},"memory":{"type":["string","number"],"maxLength":1000,"x-kind":"size"},"disks":{"type":"array","items":{"type":"object","properties":{"size":{"type":["string","number"],"maxLength":1000,"x-kind":"size"},"throughput":{"type":["string","number"],"maxLength":1000,"x-kind":"throughput"},"latency":{"type":["string","number"],"maxLength":1000,"x-kind":"duration"}},"additionalProperties":false},"maxItems":64,"minItems":1},"network":{"type":["string","number"],"maxLength":1000,"x-kind":"throughput"}},"additionalProperties":false},"zones":{"type":["array","string"],"items":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"minItems":1,"maxItems":100,"maxLength":250},"brokers":{"type":["integer","object"],"minimum":1,"maximum":200,"properties":{"count":{"type":"integer","minimum":1,"maximum":200},"ids":{"type":"array","items":{"type":"integer","minimum":1,"maximum":1000000},"maxItems":500},"zones":{"allOf":[{"$ref":"#/definitions/zones"}]},"hardware":{"allOf":[{"$ref":"#/definitions/hardware"}]}},"additionalProperties":false},"controllers":{"type":["integer","object"],"minimum":1,"maximum":9,"properties":{"count":{"type":"integer","minimum":1,"maximum":9},"zones":{"allOf":[{"$ref":"#/definitions/zones"}]},"combined":{"type":"boolean"}},"additionalProperties":false},"topic":{"type":["object","null"],"properties":{"partitions":{"type":"integer","minimum":1,"maximum":10000},"replicationFactor":{"type":"integer","minimum":1,"maximum":200},"replicas":{"type":"object","propertyNames":{"pattern":"^(0|[1-9][0-9]{0,5})$"},"additionalProperties":{"type":"array","items":{"type":"integer","minimum":1,"maximum":1000000},"maxItems":500,"minItems":1},"maxProperties":10000},"config":{"type":"object","additionalProperties":{"type":["string","number","boolean","null","array"],"items":{"type":["string","number","boolean"]},"maxItems":100},"maxProperties":500,"x-kind":"configs:topic"}},"additionalProperties":false},"cluster":{"type":"object","properties":{"region":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"kafka":{"type":["string","number"],"maxLength":20,"x-kind":"kafkaVersion"},"coordination":{"type":["string","object"],"x-kind":"coordination","properties":{"zookeeper":{"type":"object","properties":{"ensemble":{"type":"integer","minimum":1,"maximum":9}},"additionalProperties":false}},"additionalProperties":false},"controllers":{"allOf":[{"$ref":"#/definitions/controllers"}]},"brokers":{"allOf":[{"$ref":"#/definitions/brokers"}]},"config":{"type":"object","additionalProperties":{"type":["string","number","boolean","null","array"],"items":{"type":["string","number","boolean"]},"maxItems":100},"maxProperties":500,"x-kind":"configs:broker"},"eligibleLeaderReplicas":{"type":"boolean"},"topics":{"type":"object","additionalProperties":{"allOf":[{"$ref":"#/definitions/topic"}]},"propertyNames":{"pattern":"^(?!\\.{1,2}$)[a-zA-Z0-9._-]{1,249}$"},"maxProperties":2000,"x-names":"topic"},"security":{"x-notAvailable":"Authentication and access control"}},"additionalProperties":false},"rate":{"type":["string","number","array","object"],"maxLength":100,"x-kind":"rateCurve","items":{"type":"object","properties":{"at":{"type":["string","number"],"maxLength":1000,"x-kind":"duration"},"rate":{"type":["string","number"],"maxLength":1000,"x-kind":"rate"},"shape":{"enum":["step","ramp"]}},"additionalProperties":false,"required":["at","rate"]},"minItems":1,"maxItems":1000,"properties":{"base":{"type":["string","number"],"maxLength":1000,"x-kind":"rate"},"peak":{"type":["string","number"],"maxLength":1000,"x-kind":"rate"},"shape":{"enum":["daily","bursty"]},"period":{"type":["string","number"],"maxLength":1000,"x-kind":"duration"}},"required":["base","peak","shape"],"additionalProperties":false},"keys":{"type":"object","properties":{"count":{"type":["string","number"],"maxLength":1000,"x-kind":"count"},"distribution":{"enum":["uniform","zipf","hot"]},"exponent":{"type":"number","minimum":0,"maximum":10},"hotShare":{"type":["string","number"],"maxLength":1000,"x-kind":"percent"}},"additionalProperties":false,"required":["count"]},"producer":{"type":"object","properties":{"cluster":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"region":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"zones":{"allOf":[{"$ref":"#/definitions/zones"}]},"instances":{"type":"integer","minimum":1,"maximum":1000},"principal":{"x-notAvailable":"Authentication and access control"},"to":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"rate":{"allOf":[{"$ref":"#/definitions/rate"}]},"from":{"type":["string","number"],"maxLength":1000,"x-kind":"duration"},"until":{"type":["string","number"],"maxLength":1000,"x-kind":"duration"},"record":{"type":"object","properties":{"size":{"type":["string","number"],"maxLength":1000,"x-kind":"size"},"keySize":{"type":["string","number"],"maxLength":1000,"x-kind":"size"},"compressesTo":{"type":["string","number"],"maxLength":1000,"x-kind":"percent"},"keys":{"allOf":[{"$ref":"#/definitions/keys"}]}},"additionalProperties":false},"partitioner":{"type":["string","object"],"x-kind":"partitioner","properties":{"weights":{"type":"array","items":{"type":"number","minimum":0,"maximum":1000000},"minItems":1,"maxItems":10000}},"required":["weights"],"additionalProperties":false},"config":{"type":"object","additionalProperties":{"type":["string","number","boolean","null","array"],"items":{"type":["string","number","boolean"]},"maxItems":100},"maxProperties":500,"x-kind":"configs:producer"}},"additionalProperties":false,"required":["to","rate"]},"consumer":{"type":"object","properties":{"cluster":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"region":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"zones":{"allOf":[{"$ref":"#/definitions/zones"}]},"instances":{"type":"integer","minimum":1,"maximum":1000},"principal":{"x-notAvailable":"Authentication and access control"},"from":{"type":["array","string"],"items":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"minItems":1,"maxItems":500,"maxLength":250},"startsAt":{"type":["string","number","array"],"items":{"type":["string","number"],"maxLength":1000,"x-kind":"duration"},"maxItems":1000,"maxLength":100,"x-kind":"durations"},"work":{"type":"object","properties":{"perRecord":{"type":["string","number"],"maxLength":1000,"x-kind":"duration"},"jitter":{"type":["string","number"],"maxLength":1000,"x-kind":"percent"}},"additionalProperties":false},"commit":{"enum":["auto","before-processing","after-processing"]},"static":{"type":"boolean"},"config":{"type":"object","additionalProperties":{"type":["string","number","boolean","null","array"],"items":{"type":["string","number","boolean"]},"maxItems":100},"maxProperties":500,"x-kind":"configs:consumer"}},"additionalProperties":false,"required":["from"]},"target":{"type":["string","object","array"],"maxLength":300,"items":{"$ref":"#/definitions/target"},"minItems":1,"maxItems":200,"properties":{"broker":{"type":["integer","string","array"],"items":{"type":"integer","minimum":1,"maximum":1000000},"minimum":1,"maximum":1000000,"maxItems":200,"maxLength":400},"controller":{"type":["integer","string","array"],"items":{"type":"integer","minimum":1,"maximum":1000000},"minimum":1,"maximum":1000000,"maxItems":200,"maxLength":400},"leaderOf":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"followerOf":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"coordinatorOf":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"brokersOf":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"controllersOf":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"zone":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"region":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"client":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"group":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"anyOf":{"allOf":[{"$ref":"#/definitions/target"}]},"cluster":{"type":["string","number"],"maxLength":1000,"x-kind":"text"}},"additionalProperties":false,"x-kind":"selector"},"failure":{"type":"object","properties":{"name":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"at":{"type":["string","number"],"maxLength":1000,"x-kind":"duration"},"after":{"type":["string","object"],"maxLength":250,"x-kind":"after","properties":{"failure":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"operation":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"edge":{"enum":["start","end"]},"delay":{"type":["string","number"],"maxLength":1000,"x-kind":"delay"}},"additionalProperties":false},"every":{"type":"object","properties":{"mtbf":{"type":["string","number"],"maxLength":1000,"x-kind":"duration"},"mttr":{"type":["string","number"],"maxLength":1000,"x-kind":"duration"}},"additionalProperties":false,"required":["mtbf","mttr"]},"for":{"type":["string","number"],"maxLength":1000,"x-kind":"duration"},"crash":{"allOf":[{"$ref":"#/definitions/target"}]},"stop":{"allOf":[{"$ref":"#/definitions/target"}]},"freeze":{"allOf":[{"$ref":"#/definitions/target"}]},"partition":{"type":"object","properties":{"between":{"type":"array","items":{"$ref":"#/definitions/target"},"minItems":2,"maxItems":2},"oneWay":{"type":"boolean"},"rejects":{"type":"boolean"}},"additionalProperties":false,"required":["between"]},"degrade":{"type":"object","properties":{"link":{"type":"array","items":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"minItems":2,"maxItems":2},"between":{"type":"array","items":{"$ref":"#/definitions/target"},"minItems":2,"maxItems":2},"zone":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"region":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"broker":{"type":["integer","string","array"],"items":{"type":"integer","minimum":1,"maximum":1000000},"minimum":1,"maximum":1000000,"maxItems":200,"maxLength":400},"client":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"cluster":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"latency":{"type":["string","number"],"maxLength":1000,"x-kind":"duration"},"jitter":{"type":["string","number"],"maxLength":1000,"x-kind":"percent"},"loss":{"type":["string","number"],"maxLength":1000,"x-kind":"percent"},"bandwidth":{"type":["string","number"],"maxLength":1000,"x-kind":"throughput"}},"additionalProperties":false},"slow":{"type":"object","properties":{"broker":{"type":["integer","string","array"],"items":{"type":"integer","minimum":1,"maximum":1000000},"minimum":1,"maximum":1000000,"maxItems":200,"maxLength":400},"controller":{"type":["integer","string","array"],"items":{"type":"integer","minimum":1,"maximum":1000000},"minimum":1,"maximum":1000000,"maxItems":200,"maxLength":400},"leaderOf":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"followerOf":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"coordinatorOf":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"brokersOf":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"controllersOf":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"zone":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"region":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"client":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"group":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"anyOf":{"allOf":[{"$ref":"#/definitions/target"}]},"cluster":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"disk":{"type":["string","number"],"maxLength":1000,"x-kind":"factor"},"cpu":{"type":["string","number"],"maxLength":1000,"x-kind":"factor"},"network":{"type":["string","number"],"maxLength":1000,"x-kind":"factor"}},"additionalProperties":false,"x-kind":"slow"},"loseControllers":{"type":["integer","object"],"minimum":1,"maximum":9,"properties":{"count":{"type":"integer","minimum":1,"maximum":9},"cluster":{"type":["string","number"],"maxLength":1000,"x-kind":"text"}},"required":["count"],"additionalProperties":false},"crashClient":{"allOf":[{"$ref":"#/definitions/target"}]},"leaveGroup":{"allOf":[{"$ref":"#/definitions/target"}]},"slowConsumer":{"type":"object","properties":{"client":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"group":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"perRecord":{"type":["string","number"],"maxLength":1000,"x-kind":"duration"}},"additionalProperties":false,"required":["perRecord"]},"powerLoss":{"x-notAvailable":"Loss of what was not flushed to disk"},"fillDisk":{"x-notAvailable":"A full log directory"},"failDisk":{"x-notAvailable":"A failed log directory"},"poisonRecord":{"x-notAvailable":"A record that a consumer cannot process"},"loseZooKeeper":{"x-notAvailable":"ZooKeeper"},"schemaRegistryDown":{"x-notAvailable":"Schema Registry"},"expireCertificate":{"x-notAvailable":"TLS"},"revokeAcl":{"x-notAvailable":"Access control"}},"additionalProperties":false},"operation":{"type":"object","properties":{"name":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"at":{"type":["string","number"],"maxLength":1000,"x-kind":"duration"},"after":{"type":["string","object"],"maxLength":250,"x-kind":"after","properties":{"failure":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"operation":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"edge":{"enum":["start","end"]},"delay":{"type":["string","number"],"maxLength":1000,"x-kind":"delay"}},"additionalProperties":false},"rollingRestart":{"type":"object","properties":{"cluster":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"pause":{"type":["string","number"],"maxLength":1000,"x-kind":"duration"},"waitForInSync":{"type":"boolean"},"graceful":{"type":"boolean"}},"additionalProperties":false},"scale":{"type":"object","properties":{"client":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"instances":{"type":"integer","minimum":0,"maximum":1000},"graceful":{"type":"boolean"}},"additionalProperties":false,"required":["client","instances"]},"alterConfig":{"type":"object","properties":{"cluster":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"topic":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"broker":{"type":"integer","minimum":1,"maximum":1000000},"config":{"type":"object","additionalProperties":{"type":["string","number","boolean","null","array"],"items":{"type":["string","number","boolean"]},"maxItems":100},"maxProperties":500,"x-kind":"configs:altered"}},"additionalProperties":false,"required":["config"]},"electLeaders":{"type":"object","properties":{"cluster":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"type":{"enum":["preferred","unclean"]},"topic":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"partition":{"type":["string","number"],"maxLength":1000,"x-kind":"text"}},"additionalProperties":false},"addBrokers":{"x-notAvailable":"Adding brokers"},"removeBroker":{"x-notAvailable":"Removing a broker"},"reassign":{"x-notAvailable":"Partition reassignment"},"createPartitions":{"x-notAvailable":"Adding partitions"},"deploy":{"x-notAvailable":"A rolling deployment of clients"},"failover":{"x-notAvailable":"Moving clients to another cluster"},"failback":{"x-notAvailable":"Moving clients back"},"resetOffsets":{"x-notAvailable":"Resetting the offsets of a group"},"promote":{"x-notAvailable":"Promotion of a mirror or observer"},"upgradeSchema":{"x-notAvailable":"Schemas"},"alterAcls":{"x-notAvailable":"Access control"}},"additionalProperties":false},"expectation":{"type":"object","properties":{"name":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"violated":{"type":"boolean"},"during":{"type":["string","array"],"items":{"type":["string","number"],"maxLength":1000,"x-kind":"duration"},"minItems":2,"maxItems":2,"maxLength":250,"x-kind":"during"},"outside":{"type":["string","number"],"maxLength":1000,"x-kind":"failure"},"of":{"type":["string","number"],"maxLength":1000,"x-kind":"who"},"after":{"type":["string","number"],"maxLength":1000,"x-kind":"moment"},"p50":{"type":["string","number"],"maxLength":1000,"x-kind":"comparison"},"p95":{"type":["string","number"],"maxLength":1000,"x-kind":"comparison"},"p99":{"type":["string","number"],"maxLength":1000,"x-kind":"comparison"},"p999":{"type":["string","number"],"maxLength":1000,"x-kind":"comparison"},"max":{"type":["string","number"],"maxLength":1000,"x-kind":"comparison"},"min":{"type":["string","number"],"maxLength":1000,"x-kind":"comparison"},"mean":{"type":["string","number"],"maxLength":1000,"x-kind":"comparison"},"rate":{"type":["string","number"],"maxLength":1000,"x-kind":"comparison"},"total":{"type":["string","number"],"maxLength":1000,"x-kind":"comparison"},"within":{"type":["string","number"],"maxLength":1000,"x-kind":"duration"},"noRecordLoss":{"type":"object","properties":{"topic":{"type":["string","number"],"maxLength":1000,"x-kind":"topicOrPartition"}},"additionalProperties":false},"metric":{"type":"string","maxLength":200,"x-kind":"metric","x-metricUnits":{"produce.latency":"us","endToEnd.latency":"us","fetch.latency":"us","request.latency":"us","produce.gap":"us","consume.gap":"us","throughput.in":"bytes/s","throughput.out":"bytes/s","throughput.replication":"bytes/s","records.offered":"records","records.acknowledged":"records","records.refused":"records","records.unknown":"records","records.failed":"records","records.failedShare":"share","records.neverSent":"records","records.delivered":"records","records.stored":"records","records.expired":"records","records.lost":"records","records.duplicated":"records","records.reordered":"records","records.storedThoughFailed":"records","records.redelivered":"records","records.notDelivered":"records","records.unresolved":"records","retries":"count","duplicatesRefused":"records","elections.clean":"count","elections.unclean":"count","isr.shrinks":"count","isr.expands":"count","partition.changes":"count","consumer.lag":"records","underReplicated":"count","offlinePartitions":"count","underMinIsr":"count","isr.size":"count","rebalance.count":"count","rebalance.duration":"us","rebalance.stoppedTime":"us","assignment.changes":"count","assignment.membersGivingUp":"count","time.untilLeader":"us","time.untilIsrFull":"us","time.untilController":"us","time.untilFenced":"us","time.untilUnfenced":"us","time.untilExit":"us","time.untilAssigned":"us","errors.*":"count"},"x-metricAggregations":{"produce.latency":["p50","p95","p99","p999","max","min","mean","rate","total"],"endToEnd.latency":["p50","p95","p99","p999","max","min","mean","rate","total"],"fetch.latency":["p50","p95","p99","p999","max","min","mean","rate","total"],"request.latency":["p50","p95","p99","p999","max","min","mean","rate","total"],"produce.gap":["p50","p95","p99","p999","max","min","mean","rate","total"],"consume.gap":["p50","p95","p99","p999","max","min","mean","rate","total"],"throughput.in":["p50","p95","p99","p999","max","min","mean","rate","total"],"throughput.out":["p50","p95","p99","p999","max","min","mean","rate","total"],"throughput.replication":["p50","p95","p99","p999","max","min","mean","rate","total"],"records.offered":["total","rate"],"records.acknowledged":["total","rate"],"records.refused":["total","rate"],"records.unknown":["total","rate"],"records.failed":["total","rate"],"records.failedShare":["total"],"records.neverSent":["total","rate"],"records.delivered":["total","rate"],"records.stored":["total"],"records.expired":["total"],"records.lost":["total"],"records.duplicated":["total"],"records.reordered":["total"],"records.storedThoughFailed":["total"],"records.redelivered":["total"],"records.notDelivered":["total"],"records.unresolved":["total"],"retries":["total","rate"],"duplicatesRefused":["total","rate"],"elections.clean":["total","rate"],"elections.unclean":["total","rate"],"isr.shrinks":["total","rate"],"isr.expands":["total","rate"],"partition.changes":["total","rate"],"consumer.lag":["max","min","mean","p50","p95","p99","p999"],"underReplicated":["max","min","mean","p50","p95","p99","p999"],"offlinePartitions":["max","min","mean","p50","p95","p99","p999"],"underMinIsr":["max","min","mean","p50","p95","p99","p999"],"isr.size":["max","min","mean","p50","p95","p99","p999"],"rebalance.count":["total","rate"],"rebalance.duration":["p50","p95","p99","p999","max","min","mean","rate","total"],"rebalance.stoppedTime":["p50","p95","p99","p999","max","min","mean","rate","total"],"assignment.changes":["total","rate"],"assignment.membersGivingUp":["total"],"time.untilLeader":["max","min","mean","p50","p95","p99","p999"],"time.untilIsrFull":["max","min","mean","p50","p95","p99","p999"],"time.untilController":["max","min","mean","p50","p95","p99","p999"],"time.untilFenced":["max","min","mean","p50","p95","p99","p999"],"time.untilUnfenced":["max","min","mean","p50","p95","p99","p999"],"time.untilExit":["max","min","mean","p50","p95","p99","p999"],"time.untilAssigned":["max","min","mean","p50","p95","p99","p999"],"errors.*":["total","rate"]}},"noDuplicates":{"x-notAvailable":"The expectation noDuplicates"},"orderPreserved":{"x-notAvailable":"The expectation orderPreserved"},"exactlyOnce":{"x-notAvailable":"Every record has its effect exactly once"},"noUncommittedRead":{"x-notAvailable":"Nothing of an aborted transaction is read"},"offsetsMonotonic":{"x-notAvailable":"Offsets that a member sees only grow"},"always":{"x-notAvailable":"The expectation always"},"never":{"x-notAvailable":"The expectation never"},"eventually":{"x-notAvailable":"The expectation eventually"},"availability":{"x-notAvailable":"The expectation availability"},"recoveryTime":{"x-notAvailable":"The expectation recoveryTime"},"rebalances":{"x-notAvailable":"The expectation rebalances"},"rpo":{"x-notAvailable":"How much replicated data may be missing after a disaster"},"timeBelowMargin":{"x-notAvailable":"How long fewer further losses would have meant loss of data or of writes"},"leadersBalanced":{"x-notAvailable":"The expectation leadersBalanced"},"rackAware":{"x-notAvailable":"The expectation rackAware"},"partitionsSpread":{"x-notAvailable":"Partitions are spread evenly over brokers"},"consumersIdle":{"x-notAvailable":"The expectation consumersIdle"},"diskBelow":{"x-notAvailable":"Disks stay below a fill level"},"crossZoneTraffic":{"x-notAvailable":"Traffic between zones stays below a limit"},"cost":{"x-notAvailable":"The bill stays below a limit"},"output":{"x-notAvailable":"Exact records of an output topic"},"schema":{"x-notAvailable":"Compatibility of a schema change"},"access":{"x-notAvailable":"Whether somebody may do something"}},"additionalProperties":false,"x-claims":["noRecordLoss","metric"],"x-windowless":["noRecordLoss"]}}};
const schema12 = {"type":"object","properties":{"zones":{"type":"array","items":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"maxItems":500},"network":{"type":"object","properties":{"withinZone":{"type":["string","number"],"maxLength":1000,"x-kind":"duration"},"betweenZones":{"type":["string","number"],"maxLength":1000,"x-kind":"duration"},"jitter":{"type":["string","number"],"maxLength":1000,"x-kind":"percent"},"bandwidth":{"type":["string","number"],"maxLength":1000,"x-kind":"throughput"},"loss":{"type":["string","number"],"maxLength":1000,"x-kind":"percent"}},"additionalProperties":false}},"additionalProperties":false};
const schema13 = {"type":"object","properties":{"between":{"type":"array","items":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"maxItems":500},"latency":{"type":["string","number"],"maxLength":1000,"x-kind":"duration"},"jitter":{"type":["string","number"],"maxLength":1000,"x-kind":"percent"},"bandwidth":{"type":["string","number"],"maxLength":1000,"x-kind":"throughput"},"loss":{"type":["string","number"],"maxLength":1000,"x-kind":"percent"}},"additionalProperties":false,"required":["between","latency"]};
const schema20 = {"type":["object","null"],"properties":{"partitions":{"type":"integer","minimum":1,"maximum":10000},"replicationFactor":{"type":"integer","minimum":1,"maximum":200},"replicas":{"type":"object","propertyNames":{"pattern":"^(0|[1-9][0-9]{0,5})$"},"additionalProperties":{"type":"array","items":{"type":"integer","minimum":1,"maximum":1000000},"maxItems":500,"minItems":1},"maxProperties":10000},"config":{"type":"object","additionalProperties":{"type":["string","number","boolean","null","array"],"items":{"type":["string","number","boolean"]},"maxItems":100},"maxProperties":500,"x-kind":"configs:topic"}},"additionalProperties":false};
const schema30 = {"type":"object","properties":{"name":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"at":{"type":["string","number"],"maxLength":1000,"x-kind":"duration"},"after":{"type":["string","object"],"maxLength":250,"x-kind":"after","properties":{"failure":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"operation":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"edge":{"enum":["start","end"]},"delay":{"type":["string","number"],"maxLength":1000,"x-kind":"delay"}},"additionalProperties":false},"rollingRestart":{"type":"object","properties":{"cluster":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"pause":{"type":["string","number"],"maxLength":1000,"x-kind":"duration"},"waitForInSync":{"type":"boolean"},"graceful":{"type":"boolean"}},"additionalProperties":false},"scale":{"type":"object","properties":{"client":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"instances":{"type":"integer","minimum":0,"maximum":1000},"graceful":{"type":"boolean"}},"additionalProperties":false,"required":["client","instances"]},"alterConfig":{"type":"object","properties":{"cluster":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"topic":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"broker":{"type":"integer","minimum":1,"maximum":1000000},"config":{"type":"object","additionalProperties":{"type":["string","number","boolean","null","array"],"items":{"type":["string","number","boolean"]},"maxItems":100},"maxProperties":500,"x-kind":"configs:altered"}},"additionalProperties":false,"required":["config"]},"electLeaders":{"type":"object","properties":{"cluster":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"type":{"enum":["preferred","unclean"]},"topic":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"partition":{"type":["string","number"],"maxLength":1000,"x-kind":"text"}},"additionalProperties":false},"addBrokers":{"x-notAvailable":"Adding brokers"},"removeBroker":{"x-notAvailable":"Removing a broker"},"reassign":{"x-notAvailable":"Partition reassignment"},"createPartitions":{"x-notAvailable":"Adding partitions"},"deploy":{"x-notAvailable":"A rolling deployment of clients"},"failover":{"x-notAvailable":"Moving clients to another cluster"},"failback":{"x-notAvailable":"Moving clients back"},"resetOffsets":{"x-notAvailable":"Resetting the offsets of a group"},"promote":{"x-notAvailable":"Promotion of a mirror or observer"},"upgradeSchema":{"x-notAvailable":"Schemas"},"alterAcls":{"x-notAvailable":"Access control"}},"additionalProperties":false};
const schema31 = {"type":"object","properties":{"name":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"violated":{"type":"boolean"},"during":{"type":["string","array"],"items":{"type":["string","number"],"maxLength":1000,"x-kind":"duration"},"minItems":2,"maxItems":2,"maxLength":250,"x-kind":"during"},"outside":{"type":["string","number"],"maxLength":1000,"x-kind":"failure"},"of":{"type":["string","number"],"maxLength":1000,"x-kind":"who"},"after":{"type":["string","number"],"maxLength":1000,"x-kind":"moment"},"p50":{"type":["string","number"],"maxLength":1000,"x-kind":"comparison"},"p95":{"type":["string","number"],"maxLength":1000,"x-kind":"comparison"},"p99":{"type":["string","number"],"maxLength":1000,"x-kind":"comparison"},"p999":{"type":["string","number"],"maxLength":1000,"x-kind":"comparison"},"max":{"type":["string","number"],"maxLength":1000,"x-kind":"comparison"},"min":{"type":["string","number"],"maxLength":1000,"x-kind":"comparison"},"mean":{"type":["string","number"],"maxLength":1000,"x-kind":"comparison"},"rate":{"type":["string","number"],"maxLength":1000,"x-kind":"comparison"},"total":{"type":["string","number"],"maxLength":1000,"x-kind":"comparison"},"within":{"type":["string","number"],"maxLength":1000,"x-kind":"duration"},"noRecordLoss":{"type":"object","properties":{"topic":{"type":["string","number"],"maxLength":1000,"x-kind":"topicOrPartition"}},"additionalProperties":false},"metric":{"type":"string","maxLength":200,"x-kind":"metric","x-metricUnits":{"produce.latency":"us","endToEnd.latency":"us","fetch.latency":"us","request.latency":"us","produce.gap":"us","consume.gap":"us","throughput.in":"bytes/s","throughput.out":"bytes/s","throughput.replication":"bytes/s","records.offered":"records","records.acknowledged":"records","records.refused":"records","records.unknown":"records","records.failed":"records","records.failedShare":"share","records.neverSent":"records","records.delivered":"records","records.stored":"records","records.expired":"records","records.lost":"records","records.duplicated":"records","records.reordered":"records","records.storedThoughFailed":"records","records.redelivered":"records","records.notDelivered":"records","records.unresolved":"records","retries":"count","duplicatesRefused":"records","elections.clean":"count","elections.unclean":"count","isr.shrinks":"count","isr.expands":"count","partition.changes":"count","consumer.lag":"records","underReplicated":"count","offlinePartitions":"count","underMinIsr":"count","isr.size":"count","rebalance.count":"count","rebalance.duration":"us","rebalance.stoppedTime":"us","assignment.changes":"count","assignment.membersGivingUp":"count","time.untilLeader":"us","time.untilIsrFull":"us","time.untilController":"us","time.untilFenced":"us","time.untilUnfenced":"us","time.untilExit":"us","time.untilAssigned":"us","errors.*":"count"},"x-metricAggregations":{"produce.latency":["p50","p95","p99","p999","max","min","mean","rate","total"],"endToEnd.latency":["p50","p95","p99","p999","max","min","mean","rate","total"],"fetch.latency":["p50","p95","p99","p999","max","min","mean","rate","total"],"request.latency":["p50","p95","p99","p999","max","min","mean","rate","total"],"produce.gap":["p50","p95","p99","p999","max","min","mean","rate","total"],"consume.gap":["p50","p95","p99","p999","max","min","mean","rate","total"],"throughput.in":["p50","p95","p99","p999","max","min","mean","rate","total"],"throughput.out":["p50","p95","p99","p999","max","min","mean","rate","total"],"throughput.replication":["p50","p95","p99","p999","max","min","mean","rate","total"],"records.offered":["total","rate"],"records.acknowledged":["total","rate"],"records.refused":["total","rate"],"records.unknown":["total","rate"],"records.failed":["total","rate"],"records.failedShare":["total"],"records.neverSent":["total","rate"],"records.delivered":["total","rate"],"records.stored":["total"],"records.expired":["total"],"records.lost":["total"],"records.duplicated":["total"],"records.reordered":["total"],"records.storedThoughFailed":["total"],"records.redelivered":["total"],"records.notDelivered":["total"],"records.unresolved":["total"],"retries":["total","rate"],"duplicatesRefused":["total","rate"],"elections.clean":["total","rate"],"elections.unclean":["total","rate"],"isr.shrinks":["total","rate"],"isr.expands":["total","rate"],"partition.changes":["total","rate"],"consumer.lag":["max","min","mean","p50","p95","p99","p999"],"underReplicated":["max","min","mean","p50","p95","p99","p999"],"offlinePartitions":["max","min","mean","p50","p95","p99","p999"],"underMinIsr":["max","min","mean","p50","p95","p99","p999"],"isr.size":["max","min","mean","p50","p95","p99","p999"],"rebalance.count":["total","rate"],"rebalance.duration":["p50","p95","p99","p999","max","min","mean","rate","total"],"rebalance.stoppedTime":["p50","p95","p99","p999","max","min","mean","rate","total"],"assignment.changes":["total","rate"],"assignment.membersGivingUp":["total"],"time.untilLeader":["max","min","mean","p50","p95","p99","p999"],"time.untilIsrFull":["max","min","mean","p50","p95","p99","p999"],"time.untilController":["max","min","mean","p50","p95","p99","p999"],"time.untilFenced":["max","min","mean","p50","p95","p99","p999"],"time.untilUnfenced":["max","min","mean","p50","p95","p99","p999"],"time.untilExit":["max","min","mean","p50","p95","p99","p999"],"time.untilAssigned":["max","min","mean","p50","p95","p99","p999"],"errors.*":["total","rate"]}},"noDuplicates":{"x-notAvailable":"The expectation noDuplicates"},"orderPreserved":{"x-notAvailable":"The expectation orderPreserved"},"exactlyOnce":{"x-notAvailable":"Every record has its effect exactly once"},"noUncommittedRead":{"x-notAvailable":"Nothing of an aborted transaction is read"},"offsetsMonotonic":{"x-notAvailable":"Offsets that a member sees only grow"},"always":{"x-notAvailable":"The expectation always"},"never":{"x-notAvailable":"The expectation never"},"eventually":{"x-notAvailable":"The expectation eventually"},"availability":{"x-notAvailable":"The expectation availability"},"recoveryTime":{"x-notAvailable":"The expectation recoveryTime"},"rebalances":{"x-notAvailable":"The expectation rebalances"},"rpo":{"x-notAvailable":"How much replicated data may be missing after a disaster"},"timeBelowMargin":{"x-notAvailable":"How long fewer further losses would have meant loss of data or of writes"},"leadersBalanced":{"x-notAvailable":"The expectation leadersBalanced"},"rackAware":{"x-notAvailable":"The expectation rackAware"},"partitionsSpread":{"x-notAvailable":"Partitions are spread evenly over brokers"},"consumersIdle":{"x-notAvailable":"The expectation consumersIdle"},"diskBelow":{"x-notAvailable":"Disks stay below a fill level"},"crossZoneTraffic":{"x-notAvailable":"Traffic between zones stays below a limit"},"cost":{"x-notAvailable":"The bill stays below a limit"},"output":{"x-notAvailable":"Exact records of an output topic"},"schema":{"x-notAvailable":"Compatibility of a schema change"},"access":{"x-notAvailable":"Whether somebody may do something"}},"additionalProperties":false,"x-claims":["noRecordLoss","metric"],"x-windowless":["noRecordLoss"]};
const func0 = Object.prototype.hasOwnProperty;
import { unicodeLength as func47 } from '../unicodeLength.ts';
const pattern0 = new RegExp("^(?=\\S)(?!.*\\s$)[^\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029]{1,120}$", "u");
const pattern3 = new RegExp("^(?!\\.{1,2}$)[a-zA-Z0-9._-]{1,249}$", "u");
const pattern4 = new RegExp("^(0|[1-9][0-9]{0,5})$", "u");
const schema14 = {"type":"object","properties":{"region":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"kafka":{"type":["string","number"],"maxLength":20,"x-kind":"kafkaVersion"},"coordination":{"type":["string","object"],"x-kind":"coordination","properties":{"zookeeper":{"type":"object","properties":{"ensemble":{"type":"integer","minimum":1,"maximum":9}},"additionalProperties":false}},"additionalProperties":false},"controllers":{"allOf":[{"$ref":"#/definitions/controllers"}]},"brokers":{"allOf":[{"$ref":"#/definitions/brokers"}]},"config":{"type":"object","additionalProperties":{"type":["string","number","boolean","null","array"],"items":{"type":["string","number","boolean"]},"maxItems":100},"maxProperties":500,"x-kind":"configs:broker"},"eligibleLeaderReplicas":{"type":"boolean"},"topics":{"type":"object","additionalProperties":{"allOf":[{"$ref":"#/definitions/topic"}]},"propertyNames":{"pattern":"^(?!\\.{1,2}$)[a-zA-Z0-9._-]{1,249}$"},"maxProperties":2000,"x-names":"topic"},"security":{"x-notAvailable":"Authentication and access control"}},"additionalProperties":false};
const schema15 = {"type":["integer","object"],"minimum":1,"maximum":9,"properties":{"count":{"type":"integer","minimum":1,"maximum":9},"zones":{"allOf":[{"$ref":"#/definitions/zones"}]},"combined":{"type":"boolean"}},"additionalProperties":false};
const schema16 = {"type":["array","string"],"items":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"minItems":1,"maxItems":100,"maxLength":250};

function validate12(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if((!(((typeof data == "number") && (!(data % 1) && !isNaN(data))) && (isFinite(data)))) && (!(data && typeof data == "object" && !Array.isArray(data)))){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: schema15.type},message:"must be integer,object"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if((typeof data == "number") && (isFinite(data))){
if(data > 9 || isNaN(data)){
const err1 = {instancePath,schemaPath:"#/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9},message:"must be <= 9"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data < 1 || isNaN(data)){
const err2 = {instancePath,schemaPath:"#/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 of Object.keys(data)){
if(!(((key0 === "count") || (key0 === "zones")) || (key0 === "combined"))){
const err3 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.count !== undefined && func0.call(data, "count")){
let data0 = data.count;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
const err4 = {instancePath:instancePath+"/count",schemaPath:"#/properties/count/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if((typeof data0 == "number") && (isFinite(data0))){
if(data0 > 9 || isNaN(data0)){
const err5 = {instancePath:instancePath+"/count",schemaPath:"#/properties/count/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9},message:"must be <= 9"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(data0 < 1 || isNaN(data0)){
const err6 = {instancePath:instancePath+"/count",schemaPath:"#/properties/count/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
}
if(data.zones !== undefined && func0.call(data, "zones")){
let data1 = data.zones;
if((!(Array.isArray(data1))) && (typeof data1 !== "string")){
const err7 = {instancePath:instancePath+"/zones",schemaPath:"#/definitions/zones/type",keyword:"type",params:{type: schema16.type},message:"must be array,string"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
if(typeof data1 === "string"){
if(func47(data1) > 250){
const err8 = {instancePath:instancePath+"/zones",schemaPath:"#/definitions/zones/maxLength",keyword:"maxLength",params:{limit: 250},message:"must NOT have more than 250 characters"};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(Array.isArray(data1)){
if(data1.length > 100){
const err9 = {instancePath:instancePath+"/zones",schemaPath:"#/definitions/zones/maxItems",keyword:"maxItems",params:{limit: 100},message:"must NOT have more than 100 items"};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if(data1.length < 1){
const err10 = {instancePath:instancePath+"/zones",schemaPath:"#/definitions/zones/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
let data2 = data1[i0];
if((typeof data2 !== "string") && (!((typeof data2 == "number") && (isFinite(data2))))){
const err11 = {instancePath:instancePath+"/zones/" + i0,schemaPath:"#/definitions/zones/items/type",keyword:"type",params:{type: schema16.items.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
if(typeof data2 === "string"){
if(func47(data2) > 1000){
const err12 = {instancePath:instancePath+"/zones/" + i0,schemaPath:"#/definitions/zones/items/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
}
}
}
if(data.combined !== undefined && func0.call(data, "combined")){
if(typeof data.combined !== "boolean"){
const err13 = {instancePath:instancePath+"/combined",schemaPath:"#/properties/combined/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
}
validate12.errors = vErrors;
return errors === 0;
}

const schema17 = {"type":["integer","object"],"minimum":1,"maximum":200,"properties":{"count":{"type":"integer","minimum":1,"maximum":200},"ids":{"type":"array","items":{"type":"integer","minimum":1,"maximum":1000000},"maxItems":500},"zones":{"allOf":[{"$ref":"#/definitions/zones"}]},"hardware":{"allOf":[{"$ref":"#/definitions/hardware"}]}},"additionalProperties":false};
const schema19 = {"type":"object","properties":{"cores":{"type":"integer","minimum":1,"maximum":1024},"memory":{"type":["string","number"],"maxLength":1000,"x-kind":"size"},"disks":{"type":"array","items":{"type":"object","properties":{"size":{"type":["string","number"],"maxLength":1000,"x-kind":"size"},"throughput":{"type":["string","number"],"maxLength":1000,"x-kind":"throughput"},"latency":{"type":["string","number"],"maxLength":1000,"x-kind":"duration"}},"additionalProperties":false},"maxItems":64,"minItems":1},"network":{"type":["string","number"],"maxLength":1000,"x-kind":"throughput"}},"additionalProperties":false};

function validate14(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if((!(((typeof data == "number") && (!(data % 1) && !isNaN(data))) && (isFinite(data)))) && (!(data && typeof data == "object" && !Array.isArray(data)))){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: schema17.type},message:"must be integer,object"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if((typeof data == "number") && (isFinite(data))){
if(data > 200 || isNaN(data)){
const err1 = {instancePath,schemaPath:"#/maximum",keyword:"maximum",params:{comparison: "<=", limit: 200},message:"must be <= 200"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data < 1 || isNaN(data)){
const err2 = {instancePath,schemaPath:"#/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 of Object.keys(data)){
if(!((((key0 === "count") || (key0 === "ids")) || (key0 === "zones")) || (key0 === "hardware"))){
const err3 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.count !== undefined && func0.call(data, "count")){
let data0 = data.count;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
const err4 = {instancePath:instancePath+"/count",schemaPath:"#/properties/count/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if((typeof data0 == "number") && (isFinite(data0))){
if(data0 > 200 || isNaN(data0)){
const err5 = {instancePath:instancePath+"/count",schemaPath:"#/properties/count/maximum",keyword:"maximum",params:{comparison: "<=", limit: 200},message:"must be <= 200"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(data0 < 1 || isNaN(data0)){
const err6 = {instancePath:instancePath+"/count",schemaPath:"#/properties/count/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
}
if(data.ids !== undefined && func0.call(data, "ids")){
let data1 = data.ids;
if(Array.isArray(data1)){
if(data1.length > 500){
const err7 = {instancePath:instancePath+"/ids",schemaPath:"#/properties/ids/maxItems",keyword:"maxItems",params:{limit: 500},message:"must NOT have more than 500 items"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
let data2 = data1[i0];
if(!(((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2))) && (isFinite(data2)))){
const err8 = {instancePath:instancePath+"/ids/" + i0,schemaPath:"#/properties/ids/items/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
if((typeof data2 == "number") && (isFinite(data2))){
if(data2 > 1000000 || isNaN(data2)){
const err9 = {instancePath:instancePath+"/ids/" + i0,schemaPath:"#/properties/ids/items/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000},message:"must be <= 1000000"};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if(data2 < 1 || isNaN(data2)){
const err10 = {instancePath:instancePath+"/ids/" + i0,schemaPath:"#/properties/ids/items/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
}
}
else {
const err11 = {instancePath:instancePath+"/ids",schemaPath:"#/properties/ids/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data.zones !== undefined && func0.call(data, "zones")){
let data3 = data.zones;
if((!(Array.isArray(data3))) && (typeof data3 !== "string")){
const err12 = {instancePath:instancePath+"/zones",schemaPath:"#/definitions/zones/type",keyword:"type",params:{type: schema16.type},message:"must be array,string"};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
if(typeof data3 === "string"){
if(func47(data3) > 250){
const err13 = {instancePath:instancePath+"/zones",schemaPath:"#/definitions/zones/maxLength",keyword:"maxLength",params:{limit: 250},message:"must NOT have more than 250 characters"};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(Array.isArray(data3)){
if(data3.length > 100){
const err14 = {instancePath:instancePath+"/zones",schemaPath:"#/definitions/zones/maxItems",keyword:"maxItems",params:{limit: 100},message:"must NOT have more than 100 items"};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
if(data3.length < 1){
const err15 = {instancePath:instancePath+"/zones",schemaPath:"#/definitions/zones/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
const len1 = data3.length;
for(let i1=0; i1<len1; i1++){
let data4 = data3[i1];
if((typeof data4 !== "string") && (!((typeof data4 == "number") && (isFinite(data4))))){
const err16 = {instancePath:instancePath+"/zones/" + i1,schemaPath:"#/definitions/zones/items/type",keyword:"type",params:{type: schema16.items.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
if(typeof data4 === "string"){
if(func47(data4) > 1000){
const err17 = {instancePath:instancePath+"/zones/" + i1,schemaPath:"#/definitions/zones/items/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
}
}
}
if(data.hardware !== undefined && func0.call(data, "hardware")){
let data5 = data.hardware;
if(data5 && typeof data5 == "object" && !Array.isArray(data5)){
for(const key1 of Object.keys(data5)){
if(!((((key1 === "cores") || (key1 === "memory")) || (key1 === "disks")) || (key1 === "network"))){
const err18 = {instancePath:instancePath+"/hardware",schemaPath:"#/definitions/hardware/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
if(data5.cores !== undefined && func0.call(data5, "cores")){
let data6 = data5.cores;
if(!(((typeof data6 == "number") && (!(data6 % 1) && !isNaN(data6))) && (isFinite(data6)))){
const err19 = {instancePath:instancePath+"/hardware/cores",schemaPath:"#/definitions/hardware/properties/cores/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
if((typeof data6 == "number") && (isFinite(data6))){
if(data6 > 1024 || isNaN(data6)){
const err20 = {instancePath:instancePath+"/hardware/cores",schemaPath:"#/definitions/hardware/properties/cores/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1024},message:"must be <= 1024"};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
if(data6 < 1 || isNaN(data6)){
const err21 = {instancePath:instancePath+"/hardware/cores",schemaPath:"#/definitions/hardware/properties/cores/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
}
if(data5.memory !== undefined && func0.call(data5, "memory")){
let data7 = data5.memory;
if((typeof data7 !== "string") && (!((typeof data7 == "number") && (isFinite(data7))))){
const err22 = {instancePath:instancePath+"/hardware/memory",schemaPath:"#/definitions/hardware/properties/memory/type",keyword:"type",params:{type: schema19.properties.memory.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
if(typeof data7 === "string"){
if(func47(data7) > 1000){
const err23 = {instancePath:instancePath+"/hardware/memory",schemaPath:"#/definitions/hardware/properties/memory/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
}
if(data5.disks !== undefined && func0.call(data5, "disks")){
let data8 = data5.disks;
if(Array.isArray(data8)){
if(data8.length > 64){
const err24 = {instancePath:instancePath+"/hardware/disks",schemaPath:"#/definitions/hardware/properties/disks/maxItems",keyword:"maxItems",params:{limit: 64},message:"must NOT have more than 64 items"};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
if(data8.length < 1){
const err25 = {instancePath:instancePath+"/hardware/disks",schemaPath:"#/definitions/hardware/properties/disks/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
const len2 = data8.length;
for(let i2=0; i2<len2; i2++){
let data9 = data8[i2];
if(data9 && typeof data9 == "object" && !Array.isArray(data9)){
for(const key2 of Object.keys(data9)){
if(!(((key2 === "size") || (key2 === "throughput")) || (key2 === "latency"))){
const err26 = {instancePath:instancePath+"/hardware/disks/" + i2,schemaPath:"#/definitions/hardware/properties/disks/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
if(data9.size !== undefined && func0.call(data9, "size")){
let data10 = data9.size;
if((typeof data10 !== "string") && (!((typeof data10 == "number") && (isFinite(data10))))){
const err27 = {instancePath:instancePath+"/hardware/disks/" + i2+"/size",schemaPath:"#/definitions/hardware/properties/disks/items/properties/size/type",keyword:"type",params:{type: schema19.properties.disks.items.properties.size.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
if(typeof data10 === "string"){
if(func47(data10) > 1000){
const err28 = {instancePath:instancePath+"/hardware/disks/" + i2+"/size",schemaPath:"#/definitions/hardware/properties/disks/items/properties/size/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
}
if(data9.throughput !== undefined && func0.call(data9, "throughput")){
let data11 = data9.throughput;
if((typeof data11 !== "string") && (!((typeof data11 == "number") && (isFinite(data11))))){
const err29 = {instancePath:instancePath+"/hardware/disks/" + i2+"/throughput",schemaPath:"#/definitions/hardware/properties/disks/items/properties/throughput/type",keyword:"type",params:{type: schema19.properties.disks.items.properties.throughput.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
if(typeof data11 === "string"){
if(func47(data11) > 1000){
const err30 = {instancePath:instancePath+"/hardware/disks/" + i2+"/throughput",schemaPath:"#/definitions/hardware/properties/disks/items/properties/throughput/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
}
if(data9.latency !== undefined && func0.call(data9, "latency")){
let data12 = data9.latency;
if((typeof data12 !== "string") && (!((typeof data12 == "number") && (isFinite(data12))))){
const err31 = {instancePath:instancePath+"/hardware/disks/" + i2+"/latency",schemaPath:"#/definitions/hardware/properties/disks/items/properties/latency/type",keyword:"type",params:{type: schema19.properties.disks.items.properties.latency.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
if(typeof data12 === "string"){
if(func47(data12) > 1000){
const err32 = {instancePath:instancePath+"/hardware/disks/" + i2+"/latency",schemaPath:"#/definitions/hardware/properties/disks/items/properties/latency/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
}
}
else {
const err33 = {instancePath:instancePath+"/hardware/disks/" + i2,schemaPath:"#/definitions/hardware/properties/disks/items/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
}
}
else {
const err34 = {instancePath:instancePath+"/hardware/disks",schemaPath:"#/definitions/hardware/properties/disks/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
if(data5.network !== undefined && func0.call(data5, "network")){
let data13 = data5.network;
if((typeof data13 !== "string") && (!((typeof data13 == "number") && (isFinite(data13))))){
const err35 = {instancePath:instancePath+"/hardware/network",schemaPath:"#/definitions/hardware/properties/network/type",keyword:"type",params:{type: schema19.properties.network.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
if(typeof data13 === "string"){
if(func47(data13) > 1000){
const err36 = {instancePath:instancePath+"/hardware/network",schemaPath:"#/definitions/hardware/properties/network/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
}
}
else {
const err37 = {instancePath:instancePath+"/hardware",schemaPath:"#/definitions/hardware/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
}
}
validate14.errors = vErrors;
return errors === 0;
}


function validate11(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 of Object.keys(data)){
if(!(func0.call(schema14.properties, key0))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.region !== undefined && func0.call(data, "region")){
let data0 = data.region;
if((typeof data0 !== "string") && (!((typeof data0 == "number") && (isFinite(data0))))){
const err1 = {instancePath:instancePath+"/region",schemaPath:"#/properties/region/type",keyword:"type",params:{type: schema14.properties.region.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(typeof data0 === "string"){
if(func47(data0) > 1000){
const err2 = {instancePath:instancePath+"/region",schemaPath:"#/properties/region/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
}
if(data.kafka !== undefined && func0.call(data, "kafka")){
let data1 = data.kafka;
if((typeof data1 !== "string") && (!((typeof data1 == "number") && (isFinite(data1))))){
const err3 = {instancePath:instancePath+"/kafka",schemaPath:"#/properties/kafka/type",keyword:"type",params:{type: schema14.properties.kafka.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(typeof data1 === "string"){
if(func47(data1) > 20){
const err4 = {instancePath:instancePath+"/kafka",schemaPath:"#/properties/kafka/maxLength",keyword:"maxLength",params:{limit: 20},message:"must NOT have more than 20 characters"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
}
if(data.coordination !== undefined && func0.call(data, "coordination")){
let data2 = data.coordination;
if((typeof data2 !== "string") && (!(data2 && typeof data2 == "object" && !Array.isArray(data2)))){
const err5 = {instancePath:instancePath+"/coordination",schemaPath:"#/properties/coordination/type",keyword:"type",params:{type: schema14.properties.coordination.type},message:"must be string,object"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
for(const key1 of Object.keys(data2)){
if(!(key1 === "zookeeper")){
const err6 = {instancePath:instancePath+"/coordination",schemaPath:"#/properties/coordination/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data2.zookeeper !== undefined && func0.call(data2, "zookeeper")){
let data3 = data2.zookeeper;
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
for(const key2 of Object.keys(data3)){
if(!(key2 === "ensemble")){
const err7 = {instancePath:instancePath+"/coordination/zookeeper",schemaPath:"#/properties/coordination/properties/zookeeper/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data3.ensemble !== undefined && func0.call(data3, "ensemble")){
let data4 = data3.ensemble;
if(!(((typeof data4 == "number") && (!(data4 % 1) && !isNaN(data4))) && (isFinite(data4)))){
const err8 = {instancePath:instancePath+"/coordination/zookeeper/ensemble",schemaPath:"#/properties/coordination/properties/zookeeper/properties/ensemble/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
if((typeof data4 == "number") && (isFinite(data4))){
if(data4 > 9 || isNaN(data4)){
const err9 = {instancePath:instancePath+"/coordination/zookeeper/ensemble",schemaPath:"#/properties/coordination/properties/zookeeper/properties/ensemble/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9},message:"must be <= 9"};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if(data4 < 1 || isNaN(data4)){
const err10 = {instancePath:instancePath+"/coordination/zookeeper/ensemble",schemaPath:"#/properties/coordination/properties/zookeeper/properties/ensemble/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
}
}
else {
const err11 = {instancePath:instancePath+"/coordination/zookeeper",schemaPath:"#/properties/coordination/properties/zookeeper/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
}
}
if(data.controllers !== undefined && func0.call(data, "controllers")){
if(!(validate12(data.controllers, {instancePath:instancePath+"/controllers",parentData:data,parentDataProperty:"controllers",rootData}))){
vErrors = vErrors === null ? validate12.errors : vErrors.concat(validate12.errors);
errors = vErrors.length;
}
}
if(data.brokers !== undefined && func0.call(data, "brokers")){
if(!(validate14(data.brokers, {instancePath:instancePath+"/brokers",parentData:data,parentDataProperty:"brokers",rootData}))){
vErrors = vErrors === null ? validate14.errors : vErrors.concat(validate14.errors);
errors = vErrors.length;
}
}
if(data.config !== undefined && func0.call(data, "config")){
let data7 = data.config;
if(data7 && typeof data7 == "object" && !Array.isArray(data7)){
if(Object.keys(data7).length > 500){
const err12 = {instancePath:instancePath+"/config",schemaPath:"#/properties/config/maxProperties",keyword:"maxProperties",params:{limit: 500},message:"must NOT have more than 500 properties"};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
for(const key3 of Object.keys(data7)){
let data8 = data7[key3];
if(((((typeof data8 !== "string") && (!((typeof data8 == "number") && (isFinite(data8))))) && (typeof data8 !== "boolean")) && (data8 !== null)) && (!(Array.isArray(data8)))){
const err13 = {instancePath:instancePath+"/config/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/config/additionalProperties/type",keyword:"type",params:{type: schema14.properties.config.additionalProperties.type},message:"must be string,number,boolean,null,array"};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
if(Array.isArray(data8)){
if(data8.length > 100){
const err14 = {instancePath:instancePath+"/config/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/config/additionalProperties/maxItems",keyword:"maxItems",params:{limit: 100},message:"must NOT have more than 100 items"};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
const len0 = data8.length;
for(let i0=0; i0<len0; i0++){
let data9 = data8[i0];
if(((typeof data9 !== "string") && (!((typeof data9 == "number") && (isFinite(data9))))) && (typeof data9 !== "boolean")){
const err15 = {instancePath:instancePath+"/config/" + key3.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i0,schemaPath:"#/properties/config/additionalProperties/items/type",keyword:"type",params:{type: schema14.properties.config.additionalProperties.items.type},message:"must be string,number,boolean"};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
}
}
}
else {
const err16 = {instancePath:instancePath+"/config",schemaPath:"#/properties/config/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data.eligibleLeaderReplicas !== undefined && func0.call(data, "eligibleLeaderReplicas")){
if(typeof data.eligibleLeaderReplicas !== "boolean"){
const err17 = {instancePath:instancePath+"/eligibleLeaderReplicas",schemaPath:"#/properties/eligibleLeaderReplicas/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
if(data.topics !== undefined && func0.call(data, "topics")){
let data11 = data.topics;
if(data11 && typeof data11 == "object" && !Array.isArray(data11)){
if(Object.keys(data11).length > 2000){
const err18 = {instancePath:instancePath+"/topics",schemaPath:"#/properties/topics/maxProperties",keyword:"maxProperties",params:{limit: 2000},message:"must NOT have more than 2000 properties"};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
for(const key4 of Object.keys(data11)){
const _errs29 = errors;
if(typeof key4 === "string"){
if(!pattern3.test(key4)){
const err19 = {instancePath:instancePath+"/topics",schemaPath:"#/properties/topics/propertyNames/pattern",keyword:"pattern",params:{pattern: "^(?!\\.{1,2}$)[a-zA-Z0-9._-]{1,249}$"},message:"must match pattern \""+"^(?!\\.{1,2}$)[a-zA-Z0-9._-]{1,249}$"+"\"",propertyName:key4};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
var valid8 = _errs29 === errors;
if(!valid8){
const err20 = {instancePath:instancePath+"/topics",schemaPath:"#/properties/topics/propertyNames",keyword:"propertyNames",params:{propertyName: key4},message:"property name must be valid"};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
for(const key5 of Object.keys(data11)){
let data12 = data11[key5];
if((!(data12 && typeof data12 == "object" && !Array.isArray(data12))) && (data12 !== null)){
const err21 = {instancePath:instancePath+"/topics/" + key5.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/definitions/topic/type",keyword:"type",params:{type: schema20.type},message:"must be object,null"};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
if(data12 && typeof data12 == "object" && !Array.isArray(data12)){
for(const key6 of Object.keys(data12)){
if(!((((key6 === "partitions") || (key6 === "replicationFactor")) || (key6 === "replicas")) || (key6 === "config"))){
const err22 = {instancePath:instancePath+"/topics/" + key5.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/definitions/topic/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key6},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
if(data12.partitions !== undefined && func0.call(data12, "partitions")){
let data13 = data12.partitions;
if(!(((typeof data13 == "number") && (!(data13 % 1) && !isNaN(data13))) && (isFinite(data13)))){
const err23 = {instancePath:instancePath+"/topics/" + key5.replace(/~/g, "~0").replace(/\//g, "~1")+"/partitions",schemaPath:"#/definitions/topic/properties/partitions/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
if((typeof data13 == "number") && (isFinite(data13))){
if(data13 > 10000 || isNaN(data13)){
const err24 = {instancePath:instancePath+"/topics/" + key5.replace(/~/g, "~0").replace(/\//g, "~1")+"/partitions",schemaPath:"#/definitions/topic/properties/partitions/maximum",keyword:"maximum",params:{comparison: "<=", limit: 10000},message:"must be <= 10000"};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
if(data13 < 1 || isNaN(data13)){
const err25 = {instancePath:instancePath+"/topics/" + key5.replace(/~/g, "~0").replace(/\//g, "~1")+"/partitions",schemaPath:"#/definitions/topic/properties/partitions/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
}
if(data12.replicationFactor !== undefined && func0.call(data12, "replicationFactor")){
let data14 = data12.replicationFactor;
if(!(((typeof data14 == "number") && (!(data14 % 1) && !isNaN(data14))) && (isFinite(data14)))){
const err26 = {instancePath:instancePath+"/topics/" + key5.replace(/~/g, "~0").replace(/\//g, "~1")+"/replicationFactor",schemaPath:"#/definitions/topic/properties/replicationFactor/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
if((typeof data14 == "number") && (isFinite(data14))){
if(data14 > 200 || isNaN(data14)){
const err27 = {instancePath:instancePath+"/topics/" + key5.replace(/~/g, "~0").replace(/\//g, "~1")+"/replicationFactor",schemaPath:"#/definitions/topic/properties/replicationFactor/maximum",keyword:"maximum",params:{comparison: "<=", limit: 200},message:"must be <= 200"};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
if(data14 < 1 || isNaN(data14)){
const err28 = {instancePath:instancePath+"/topics/" + key5.replace(/~/g, "~0").replace(/\//g, "~1")+"/replicationFactor",schemaPath:"#/definitions/topic/properties/replicationFactor/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
}
if(data12.replicas !== undefined && func0.call(data12, "replicas")){
let data15 = data12.replicas;
if(data15 && typeof data15 == "object" && !Array.isArray(data15)){
if(Object.keys(data15).length > 10000){
const err29 = {instancePath:instancePath+"/topics/" + key5.replace(/~/g, "~0").replace(/\//g, "~1")+"/replicas",schemaPath:"#/definitions/topic/properties/replicas/maxProperties",keyword:"maxProperties",params:{limit: 10000},message:"must NOT have more than 10000 properties"};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
for(const key7 of Object.keys(data15)){
const _errs42 = errors;
if(typeof key7 === "string"){
if(!pattern4.test(key7)){
const err30 = {instancePath:instancePath+"/topics/" + key5.replace(/~/g, "~0").replace(/\//g, "~1")+"/replicas",schemaPath:"#/definitions/topic/properties/replicas/propertyNames/pattern",keyword:"pattern",params:{pattern: "^(0|[1-9][0-9]{0,5})$"},message:"must match pattern \""+"^(0|[1-9][0-9]{0,5})$"+"\"",propertyName:key7};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
var valid13 = _errs42 === errors;
if(!valid13){
const err31 = {instancePath:instancePath+"/topics/" + key5.replace(/~/g, "~0").replace(/\//g, "~1")+"/replicas",schemaPath:"#/definitions/topic/properties/replicas/propertyNames",keyword:"propertyNames",params:{propertyName: key7},message:"property name must be valid"};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
for(const key8 of Object.keys(data15)){
let data16 = data15[key8];
if(Array.isArray(data16)){
if(data16.length > 500){
const err32 = {instancePath:instancePath+"/topics/" + key5.replace(/~/g, "~0").replace(/\//g, "~1")+"/replicas/" + key8.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/definitions/topic/properties/replicas/additionalProperties/maxItems",keyword:"maxItems",params:{limit: 500},message:"must NOT have more than 500 items"};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
if(data16.length < 1){
const err33 = {instancePath:instancePath+"/topics/" + key5.replace(/~/g, "~0").replace(/\//g, "~1")+"/replicas/" + key8.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/definitions/topic/properties/replicas/additionalProperties/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
const len1 = data16.length;
for(let i1=0; i1<len1; i1++){
let data17 = data16[i1];
if(!(((typeof data17 == "number") && (!(data17 % 1) && !isNaN(data17))) && (isFinite(data17)))){
const err34 = {instancePath:instancePath+"/topics/" + key5.replace(/~/g, "~0").replace(/\//g, "~1")+"/replicas/" + key8.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i1,schemaPath:"#/definitions/topic/properties/replicas/additionalProperties/items/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
if((typeof data17 == "number") && (isFinite(data17))){
if(data17 > 1000000 || isNaN(data17)){
const err35 = {instancePath:instancePath+"/topics/" + key5.replace(/~/g, "~0").replace(/\//g, "~1")+"/replicas/" + key8.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i1,schemaPath:"#/definitions/topic/properties/replicas/additionalProperties/items/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000},message:"must be <= 1000000"};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
if(data17 < 1 || isNaN(data17)){
const err36 = {instancePath:instancePath+"/topics/" + key5.replace(/~/g, "~0").replace(/\//g, "~1")+"/replicas/" + key8.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i1,schemaPath:"#/definitions/topic/properties/replicas/additionalProperties/items/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
}
}
else {
const err37 = {instancePath:instancePath+"/topics/" + key5.replace(/~/g, "~0").replace(/\//g, "~1")+"/replicas/" + key8.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/definitions/topic/properties/replicas/additionalProperties/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
}
}
else {
const err38 = {instancePath:instancePath+"/topics/" + key5.replace(/~/g, "~0").replace(/\//g, "~1")+"/replicas",schemaPath:"#/definitions/topic/properties/replicas/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
}
if(data12.config !== undefined && func0.call(data12, "config")){
let data18 = data12.config;
if(data18 && typeof data18 == "object" && !Array.isArray(data18)){
if(Object.keys(data18).length > 500){
const err39 = {instancePath:instancePath+"/topics/" + key5.replace(/~/g, "~0").replace(/\//g, "~1")+"/config",schemaPath:"#/definitions/topic/properties/config/maxProperties",keyword:"maxProperties",params:{limit: 500},message:"must NOT have more than 500 properties"};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
for(const key9 of Object.keys(data18)){
let data19 = data18[key9];
if(((((typeof data19 !== "string") && (!((typeof data19 == "number") && (isFinite(data19))))) && (typeof data19 !== "boolean")) && (data19 !== null)) && (!(Array.isArray(data19)))){
const err40 = {instancePath:instancePath+"/topics/" + key5.replace(/~/g, "~0").replace(/\//g, "~1")+"/config/" + key9.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/definitions/topic/properties/config/additionalProperties/type",keyword:"type",params:{type: schema20.properties.config.additionalProperties.type},message:"must be string,number,boolean,null,array"};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
if(Array.isArray(data19)){
if(data19.length > 100){
const err41 = {instancePath:instancePath+"/topics/" + key5.replace(/~/g, "~0").replace(/\//g, "~1")+"/config/" + key9.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/definitions/topic/properties/config/additionalProperties/maxItems",keyword:"maxItems",params:{limit: 100},message:"must NOT have more than 100 items"};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
const len2 = data19.length;
for(let i2=0; i2<len2; i2++){
let data20 = data19[i2];
if(((typeof data20 !== "string") && (!((typeof data20 == "number") && (isFinite(data20))))) && (typeof data20 !== "boolean")){
const err42 = {instancePath:instancePath+"/topics/" + key5.replace(/~/g, "~0").replace(/\//g, "~1")+"/config/" + key9.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i2,schemaPath:"#/definitions/topic/properties/config/additionalProperties/items/type",keyword:"type",params:{type: schema20.properties.config.additionalProperties.items.type},message:"must be string,number,boolean"};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
}
}
}
}
else {
const err43 = {instancePath:instancePath+"/topics/" + key5.replace(/~/g, "~0").replace(/\//g, "~1")+"/config",schemaPath:"#/definitions/topic/properties/config/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
}
}
}
}
else {
const err44 = {instancePath:instancePath+"/topics",schemaPath:"#/properties/topics/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
}
}
else {
const err45 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
validate11.errors = vErrors;
return errors === 0;
}

const schema22 = {"type":"object","properties":{"cluster":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"region":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"zones":{"allOf":[{"$ref":"#/definitions/zones"}]},"instances":{"type":"integer","minimum":1,"maximum":1000},"principal":{"x-notAvailable":"Authentication and access control"},"to":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"rate":{"allOf":[{"$ref":"#/definitions/rate"}]},"from":{"type":["string","number"],"maxLength":1000,"x-kind":"duration"},"until":{"type":["string","number"],"maxLength":1000,"x-kind":"duration"},"record":{"type":"object","properties":{"size":{"type":["string","number"],"maxLength":1000,"x-kind":"size"},"keySize":{"type":["string","number"],"maxLength":1000,"x-kind":"size"},"compressesTo":{"type":["string","number"],"maxLength":1000,"x-kind":"percent"},"keys":{"allOf":[{"$ref":"#/definitions/keys"}]}},"additionalProperties":false},"partitioner":{"type":["string","object"],"x-kind":"partitioner","properties":{"weights":{"type":"array","items":{"type":"number","minimum":0,"maximum":1000000},"minItems":1,"maxItems":10000}},"required":["weights"],"additionalProperties":false},"config":{"type":"object","additionalProperties":{"type":["string","number","boolean","null","array"],"items":{"type":["string","number","boolean"]},"maxItems":100},"maxProperties":500,"x-kind":"configs:producer"}},"additionalProperties":false,"required":["to","rate"]};
const schema24 = {"type":["string","number","array","object"],"maxLength":100,"x-kind":"rateCurve","items":{"type":"object","properties":{"at":{"type":["string","number"],"maxLength":1000,"x-kind":"duration"},"rate":{"type":["string","number"],"maxLength":1000,"x-kind":"rate"},"shape":{"enum":["step","ramp"]}},"additionalProperties":false,"required":["at","rate"]},"minItems":1,"maxItems":1000,"properties":{"base":{"type":["string","number"],"maxLength":1000,"x-kind":"rate"},"peak":{"type":["string","number"],"maxLength":1000,"x-kind":"rate"},"shape":{"enum":["daily","bursty"]},"period":{"type":["string","number"],"maxLength":1000,"x-kind":"duration"}},"required":["base","peak","shape"],"additionalProperties":false};
const schema25 = {"type":"object","properties":{"count":{"type":["string","number"],"maxLength":1000,"x-kind":"count"},"distribution":{"enum":["uniform","zipf","hot"]},"exponent":{"type":"number","minimum":0,"maximum":10},"hotShare":{"type":["string","number"],"maxLength":1000,"x-kind":"percent"}},"additionalProperties":false,"required":["count"]};

function validate20(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.to === undefined) || (!(func0.call(data, "to")))){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "to"},message:"must have required property '"+"to"+"'"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if((data.rate === undefined) || (!(func0.call(data, "rate")))){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "rate"},message:"must have required property '"+"rate"+"'"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 of Object.keys(data)){
if(!(func0.call(schema22.properties, key0))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.cluster !== undefined && func0.call(data, "cluster")){
let data0 = data.cluster;
if((typeof data0 !== "string") && (!((typeof data0 == "number") && (isFinite(data0))))){
const err3 = {instancePath:instancePath+"/cluster",schemaPath:"#/properties/cluster/type",keyword:"type",params:{type: schema22.properties.cluster.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(typeof data0 === "string"){
if(func47(data0) > 1000){
const err4 = {instancePath:instancePath+"/cluster",schemaPath:"#/properties/cluster/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
}
if(data.region !== undefined && func0.call(data, "region")){
let data1 = data.region;
if((typeof data1 !== "string") && (!((typeof data1 == "number") && (isFinite(data1))))){
const err5 = {instancePath:instancePath+"/region",schemaPath:"#/properties/region/type",keyword:"type",params:{type: schema22.properties.region.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(typeof data1 === "string"){
if(func47(data1) > 1000){
const err6 = {instancePath:instancePath+"/region",schemaPath:"#/properties/region/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
}
if(data.zones !== undefined && func0.call(data, "zones")){
let data2 = data.zones;
if((!(Array.isArray(data2))) && (typeof data2 !== "string")){
const err7 = {instancePath:instancePath+"/zones",schemaPath:"#/definitions/zones/type",keyword:"type",params:{type: schema16.type},message:"must be array,string"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
if(typeof data2 === "string"){
if(func47(data2) > 250){
const err8 = {instancePath:instancePath+"/zones",schemaPath:"#/definitions/zones/maxLength",keyword:"maxLength",params:{limit: 250},message:"must NOT have more than 250 characters"};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(Array.isArray(data2)){
if(data2.length > 100){
const err9 = {instancePath:instancePath+"/zones",schemaPath:"#/definitions/zones/maxItems",keyword:"maxItems",params:{limit: 100},message:"must NOT have more than 100 items"};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if(data2.length < 1){
const err10 = {instancePath:instancePath+"/zones",schemaPath:"#/definitions/zones/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
let data3 = data2[i0];
if((typeof data3 !== "string") && (!((typeof data3 == "number") && (isFinite(data3))))){
const err11 = {instancePath:instancePath+"/zones/" + i0,schemaPath:"#/definitions/zones/items/type",keyword:"type",params:{type: schema16.items.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
if(typeof data3 === "string"){
if(func47(data3) > 1000){
const err12 = {instancePath:instancePath+"/zones/" + i0,schemaPath:"#/definitions/zones/items/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
}
}
}
if(data.instances !== undefined && func0.call(data, "instances")){
let data4 = data.instances;
if(!(((typeof data4 == "number") && (!(data4 % 1) && !isNaN(data4))) && (isFinite(data4)))){
const err13 = {instancePath:instancePath+"/instances",schemaPath:"#/properties/instances/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
if((typeof data4 == "number") && (isFinite(data4))){
if(data4 > 1000 || isNaN(data4)){
const err14 = {instancePath:instancePath+"/instances",schemaPath:"#/properties/instances/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000},message:"must be <= 1000"};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
if(data4 < 1 || isNaN(data4)){
const err15 = {instancePath:instancePath+"/instances",schemaPath:"#/properties/instances/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
}
if(data.to !== undefined && func0.call(data, "to")){
let data5 = data.to;
if((typeof data5 !== "string") && (!((typeof data5 == "number") && (isFinite(data5))))){
const err16 = {instancePath:instancePath+"/to",schemaPath:"#/properties/to/type",keyword:"type",params:{type: schema22.properties.to.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
if(typeof data5 === "string"){
if(func47(data5) > 1000){
const err17 = {instancePath:instancePath+"/to",schemaPath:"#/properties/to/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
}
if(data.rate !== undefined && func0.call(data, "rate")){
let data6 = data.rate;
if(((!data6 || typeof data6 != "object") && (typeof data6 !== "string")) && (!((typeof data6 == "number") && (isFinite(data6))))){
const err18 = {instancePath:instancePath+"/rate",schemaPath:"#/definitions/rate/type",keyword:"type",params:{type: schema24.type},message:"must be string,number,array,object"};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
if(typeof data6 === "string"){
if(func47(data6) > 100){
const err19 = {instancePath:instancePath+"/rate",schemaPath:"#/definitions/rate/maxLength",keyword:"maxLength",params:{limit: 100},message:"must NOT have more than 100 characters"};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
if(Array.isArray(data6)){
if(data6.length > 1000){
const err20 = {instancePath:instancePath+"/rate",schemaPath:"#/definitions/rate/maxItems",keyword:"maxItems",params:{limit: 1000},message:"must NOT have more than 1000 items"};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
if(data6.length < 1){
const err21 = {instancePath:instancePath+"/rate",schemaPath:"#/definitions/rate/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
const len1 = data6.length;
for(let i1=0; i1<len1; i1++){
let data7 = data6[i1];
if(data7 && typeof data7 == "object" && !Array.isArray(data7)){
if((data7.at === undefined) || (!(func0.call(data7, "at")))){
const err22 = {instancePath:instancePath+"/rate/" + i1,schemaPath:"#/definitions/rate/items/required",keyword:"required",params:{missingProperty: "at"},message:"must have required property '"+"at"+"'"};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
if((data7.rate === undefined) || (!(func0.call(data7, "rate")))){
const err23 = {instancePath:instancePath+"/rate/" + i1,schemaPath:"#/definitions/rate/items/required",keyword:"required",params:{missingProperty: "rate"},message:"must have required property '"+"rate"+"'"};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
for(const key1 of Object.keys(data7)){
if(!(((key1 === "at") || (key1 === "rate")) || (key1 === "shape"))){
const err24 = {instancePath:instancePath+"/rate/" + i1,schemaPath:"#/definitions/rate/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
if(data7.at !== undefined && func0.call(data7, "at")){
let data8 = data7.at;
if((typeof data8 !== "string") && (!((typeof data8 == "number") && (isFinite(data8))))){
const err25 = {instancePath:instancePath+"/rate/" + i1+"/at",schemaPath:"#/definitions/rate/items/properties/at/type",keyword:"type",params:{type: schema24.items.properties.at.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
if(typeof data8 === "string"){
if(func47(data8) > 1000){
const err26 = {instancePath:instancePath+"/rate/" + i1+"/at",schemaPath:"#/definitions/rate/items/properties/at/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
}
if(data7.rate !== undefined && func0.call(data7, "rate")){
let data9 = data7.rate;
if((typeof data9 !== "string") && (!((typeof data9 == "number") && (isFinite(data9))))){
const err27 = {instancePath:instancePath+"/rate/" + i1+"/rate",schemaPath:"#/definitions/rate/items/properties/rate/type",keyword:"type",params:{type: schema24.items.properties.rate.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
if(typeof data9 === "string"){
if(func47(data9) > 1000){
const err28 = {instancePath:instancePath+"/rate/" + i1+"/rate",schemaPath:"#/definitions/rate/items/properties/rate/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
}
if(data7.shape !== undefined && func0.call(data7, "shape")){
let data10 = data7.shape;
if(!((data10 === "step") || (data10 === "ramp"))){
const err29 = {instancePath:instancePath+"/rate/" + i1+"/shape",schemaPath:"#/definitions/rate/items/properties/shape/enum",keyword:"enum",params:{allowedValues: schema24.items.properties.shape.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
}
else {
const err30 = {instancePath:instancePath+"/rate/" + i1,schemaPath:"#/definitions/rate/items/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
}
if(data6 && typeof data6 == "object" && !Array.isArray(data6)){
if((data6.base === undefined) || (!(func0.call(data6, "base")))){
const err31 = {instancePath:instancePath+"/rate",schemaPath:"#/definitions/rate/required",keyword:"required",params:{missingProperty: "base"},message:"must have required property '"+"base"+"'"};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
if((data6.peak === undefined) || (!(func0.call(data6, "peak")))){
const err32 = {instancePath:instancePath+"/rate",schemaPath:"#/definitions/rate/required",keyword:"required",params:{missingProperty: "peak"},message:"must have required property '"+"peak"+"'"};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
if((data6.shape === undefined) || (!(func0.call(data6, "shape")))){
const err33 = {instancePath:instancePath+"/rate",schemaPath:"#/definitions/rate/required",keyword:"required",params:{missingProperty: "shape"},message:"must have required property '"+"shape"+"'"};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
for(const key2 of Object.keys(data6)){
if(!((((key2 === "base") || (key2 === "peak")) || (key2 === "shape")) || (key2 === "period"))){
const err34 = {instancePath:instancePath+"/rate",schemaPath:"#/definitions/rate/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
if(data6.base !== undefined && func0.call(data6, "base")){
let data11 = data6.base;
if((typeof data11 !== "string") && (!((typeof data11 == "number") && (isFinite(data11))))){
const err35 = {instancePath:instancePath+"/rate/base",schemaPath:"#/definitions/rate/properties/base/type",keyword:"type",params:{type: schema24.properties.base.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
if(typeof data11 === "string"){
if(func47(data11) > 1000){
const err36 = {instancePath:instancePath+"/rate/base",schemaPath:"#/definitions/rate/properties/base/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
}
if(data6.peak !== undefined && func0.call(data6, "peak")){
let data12 = data6.peak;
if((typeof data12 !== "string") && (!((typeof data12 == "number") && (isFinite(data12))))){
const err37 = {instancePath:instancePath+"/rate/peak",schemaPath:"#/definitions/rate/properties/peak/type",keyword:"type",params:{type: schema24.properties.peak.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
if(typeof data12 === "string"){
if(func47(data12) > 1000){
const err38 = {instancePath:instancePath+"/rate/peak",schemaPath:"#/definitions/rate/properties/peak/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
}
}
if(data6.shape !== undefined && func0.call(data6, "shape")){
let data13 = data6.shape;
if(!((data13 === "daily") || (data13 === "bursty"))){
const err39 = {instancePath:instancePath+"/rate/shape",schemaPath:"#/definitions/rate/properties/shape/enum",keyword:"enum",params:{allowedValues: schema24.properties.shape.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
}
if(data6.period !== undefined && func0.call(data6, "period")){
let data14 = data6.period;
if((typeof data14 !== "string") && (!((typeof data14 == "number") && (isFinite(data14))))){
const err40 = {instancePath:instancePath+"/rate/period",schemaPath:"#/definitions/rate/properties/period/type",keyword:"type",params:{type: schema24.properties.period.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
if(typeof data14 === "string"){
if(func47(data14) > 1000){
const err41 = {instancePath:instancePath+"/rate/period",schemaPath:"#/definitions/rate/properties/period/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
}
}
}
}
if(data.from !== undefined && func0.call(data, "from")){
let data15 = data.from;
if((typeof data15 !== "string") && (!((typeof data15 == "number") && (isFinite(data15))))){
const err42 = {instancePath:instancePath+"/from",schemaPath:"#/properties/from/type",keyword:"type",params:{type: schema22.properties.from.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
if(typeof data15 === "string"){
if(func47(data15) > 1000){
const err43 = {instancePath:instancePath+"/from",schemaPath:"#/properties/from/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
}
}
if(data.until !== undefined && func0.call(data, "until")){
let data16 = data.until;
if((typeof data16 !== "string") && (!((typeof data16 == "number") && (isFinite(data16))))){
const err44 = {instancePath:instancePath+"/until",schemaPath:"#/properties/until/type",keyword:"type",params:{type: schema22.properties.until.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
if(typeof data16 === "string"){
if(func47(data16) > 1000){
const err45 = {instancePath:instancePath+"/until",schemaPath:"#/properties/until/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
}
}
if(data.record !== undefined && func0.call(data, "record")){
let data17 = data.record;
if(data17 && typeof data17 == "object" && !Array.isArray(data17)){
for(const key3 of Object.keys(data17)){
if(!((((key3 === "size") || (key3 === "keySize")) || (key3 === "compressesTo")) || (key3 === "keys"))){
const err46 = {instancePath:instancePath+"/record",schemaPath:"#/properties/record/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
}
if(data17.size !== undefined && func0.call(data17, "size")){
let data18 = data17.size;
if((typeof data18 !== "string") && (!((typeof data18 == "number") && (isFinite(data18))))){
const err47 = {instancePath:instancePath+"/record/size",schemaPath:"#/properties/record/properties/size/type",keyword:"type",params:{type: schema22.properties.record.properties.size.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
if(typeof data18 === "string"){
if(func47(data18) > 1000){
const err48 = {instancePath:instancePath+"/record/size",schemaPath:"#/properties/record/properties/size/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
}
}
if(data17.keySize !== undefined && func0.call(data17, "keySize")){
let data19 = data17.keySize;
if((typeof data19 !== "string") && (!((typeof data19 == "number") && (isFinite(data19))))){
const err49 = {instancePath:instancePath+"/record/keySize",schemaPath:"#/properties/record/properties/keySize/type",keyword:"type",params:{type: schema22.properties.record.properties.keySize.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
if(typeof data19 === "string"){
if(func47(data19) > 1000){
const err50 = {instancePath:instancePath+"/record/keySize",schemaPath:"#/properties/record/properties/keySize/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err50];
}
else {
vErrors.push(err50);
}
errors++;
}
}
}
if(data17.compressesTo !== undefined && func0.call(data17, "compressesTo")){
let data20 = data17.compressesTo;
if((typeof data20 !== "string") && (!((typeof data20 == "number") && (isFinite(data20))))){
const err51 = {instancePath:instancePath+"/record/compressesTo",schemaPath:"#/properties/record/properties/compressesTo/type",keyword:"type",params:{type: schema22.properties.record.properties.compressesTo.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err51];
}
else {
vErrors.push(err51);
}
errors++;
}
if(typeof data20 === "string"){
if(func47(data20) > 1000){
const err52 = {instancePath:instancePath+"/record/compressesTo",schemaPath:"#/properties/record/properties/compressesTo/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err52];
}
else {
vErrors.push(err52);
}
errors++;
}
}
}
if(data17.keys !== undefined && func0.call(data17, "keys")){
let data21 = data17.keys;
if(data21 && typeof data21 == "object" && !Array.isArray(data21)){
if((data21.count === undefined) || (!(func0.call(data21, "count")))){
const err53 = {instancePath:instancePath+"/record/keys",schemaPath:"#/definitions/keys/required",keyword:"required",params:{missingProperty: "count"},message:"must have required property '"+"count"+"'"};
if(vErrors === null){
vErrors = [err53];
}
else {
vErrors.push(err53);
}
errors++;
}
for(const key4 of Object.keys(data21)){
if(!((((key4 === "count") || (key4 === "distribution")) || (key4 === "exponent")) || (key4 === "hotShare"))){
const err54 = {instancePath:instancePath+"/record/keys",schemaPath:"#/definitions/keys/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key4},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err54];
}
else {
vErrors.push(err54);
}
errors++;
}
}
if(data21.count !== undefined && func0.call(data21, "count")){
let data22 = data21.count;
if((typeof data22 !== "string") && (!((typeof data22 == "number") && (isFinite(data22))))){
const err55 = {instancePath:instancePath+"/record/keys/count",schemaPath:"#/definitions/keys/properties/count/type",keyword:"type",params:{type: schema25.properties.count.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err55];
}
else {
vErrors.push(err55);
}
errors++;
}
if(typeof data22 === "string"){
if(func47(data22) > 1000){
const err56 = {instancePath:instancePath+"/record/keys/count",schemaPath:"#/definitions/keys/properties/count/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err56];
}
else {
vErrors.push(err56);
}
errors++;
}
}
}
if(data21.distribution !== undefined && func0.call(data21, "distribution")){
let data23 = data21.distribution;
if(!(((data23 === "uniform") || (data23 === "zipf")) || (data23 === "hot"))){
const err57 = {instancePath:instancePath+"/record/keys/distribution",schemaPath:"#/definitions/keys/properties/distribution/enum",keyword:"enum",params:{allowedValues: schema25.properties.distribution.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err57];
}
else {
vErrors.push(err57);
}
errors++;
}
}
if(data21.exponent !== undefined && func0.call(data21, "exponent")){
let data24 = data21.exponent;
if((typeof data24 == "number") && (isFinite(data24))){
if(data24 > 10 || isNaN(data24)){
const err58 = {instancePath:instancePath+"/record/keys/exponent",schemaPath:"#/definitions/keys/properties/exponent/maximum",keyword:"maximum",params:{comparison: "<=", limit: 10},message:"must be <= 10"};
if(vErrors === null){
vErrors = [err58];
}
else {
vErrors.push(err58);
}
errors++;
}
if(data24 < 0 || isNaN(data24)){
const err59 = {instancePath:instancePath+"/record/keys/exponent",schemaPath:"#/definitions/keys/properties/exponent/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err59];
}
else {
vErrors.push(err59);
}
errors++;
}
}
else {
const err60 = {instancePath:instancePath+"/record/keys/exponent",schemaPath:"#/definitions/keys/properties/exponent/type",keyword:"type",params:{type: "number"},message:"must be number"};
if(vErrors === null){
vErrors = [err60];
}
else {
vErrors.push(err60);
}
errors++;
}
}
if(data21.hotShare !== undefined && func0.call(data21, "hotShare")){
let data25 = data21.hotShare;
if((typeof data25 !== "string") && (!((typeof data25 == "number") && (isFinite(data25))))){
const err61 = {instancePath:instancePath+"/record/keys/hotShare",schemaPath:"#/definitions/keys/properties/hotShare/type",keyword:"type",params:{type: schema25.properties.hotShare.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err61];
}
else {
vErrors.push(err61);
}
errors++;
}
if(typeof data25 === "string"){
if(func47(data25) > 1000){
const err62 = {instancePath:instancePath+"/record/keys/hotShare",schemaPath:"#/definitions/keys/properties/hotShare/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err62];
}
else {
vErrors.push(err62);
}
errors++;
}
}
}
}
else {
const err63 = {instancePath:instancePath+"/record/keys",schemaPath:"#/definitions/keys/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err63];
}
else {
vErrors.push(err63);
}
errors++;
}
}
}
else {
const err64 = {instancePath:instancePath+"/record",schemaPath:"#/properties/record/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err64];
}
else {
vErrors.push(err64);
}
errors++;
}
}
if(data.partitioner !== undefined && func0.call(data, "partitioner")){
let data26 = data.partitioner;
if((typeof data26 !== "string") && (!(data26 && typeof data26 == "object" && !Array.isArray(data26)))){
const err65 = {instancePath:instancePath+"/partitioner",schemaPath:"#/properties/partitioner/type",keyword:"type",params:{type: schema22.properties.partitioner.type},message:"must be string,object"};
if(vErrors === null){
vErrors = [err65];
}
else {
vErrors.push(err65);
}
errors++;
}
if(data26 && typeof data26 == "object" && !Array.isArray(data26)){
if((data26.weights === undefined) || (!(func0.call(data26, "weights")))){
const err66 = {instancePath:instancePath+"/partitioner",schemaPath:"#/properties/partitioner/required",keyword:"required",params:{missingProperty: "weights"},message:"must have required property '"+"weights"+"'"};
if(vErrors === null){
vErrors = [err66];
}
else {
vErrors.push(err66);
}
errors++;
}
for(const key5 of Object.keys(data26)){
if(!(key5 === "weights")){
const err67 = {instancePath:instancePath+"/partitioner",schemaPath:"#/properties/partitioner/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key5},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err67];
}
else {
vErrors.push(err67);
}
errors++;
}
}
if(data26.weights !== undefined && func0.call(data26, "weights")){
let data27 = data26.weights;
if(Array.isArray(data27)){
if(data27.length > 10000){
const err68 = {instancePath:instancePath+"/partitioner/weights",schemaPath:"#/properties/partitioner/properties/weights/maxItems",keyword:"maxItems",params:{limit: 10000},message:"must NOT have more than 10000 items"};
if(vErrors === null){
vErrors = [err68];
}
else {
vErrors.push(err68);
}
errors++;
}
if(data27.length < 1){
const err69 = {instancePath:instancePath+"/partitioner/weights",schemaPath:"#/properties/partitioner/properties/weights/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err69];
}
else {
vErrors.push(err69);
}
errors++;
}
const len2 = data27.length;
for(let i2=0; i2<len2; i2++){
let data28 = data27[i2];
if((typeof data28 == "number") && (isFinite(data28))){
if(data28 > 1000000 || isNaN(data28)){
const err70 = {instancePath:instancePath+"/partitioner/weights/" + i2,schemaPath:"#/properties/partitioner/properties/weights/items/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000},message:"must be <= 1000000"};
if(vErrors === null){
vErrors = [err70];
}
else {
vErrors.push(err70);
}
errors++;
}
if(data28 < 0 || isNaN(data28)){
const err71 = {instancePath:instancePath+"/partitioner/weights/" + i2,schemaPath:"#/properties/partitioner/properties/weights/items/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err71];
}
else {
vErrors.push(err71);
}
errors++;
}
}
else {
const err72 = {instancePath:instancePath+"/partitioner/weights/" + i2,schemaPath:"#/properties/partitioner/properties/weights/items/type",keyword:"type",params:{type: "number"},message:"must be number"};
if(vErrors === null){
vErrors = [err72];
}
else {
vErrors.push(err72);
}
errors++;
}
}
}
else {
const err73 = {instancePath:instancePath+"/partitioner/weights",schemaPath:"#/properties/partitioner/properties/weights/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err73];
}
else {
vErrors.push(err73);
}
errors++;
}
}
}
}
if(data.config !== undefined && func0.call(data, "config")){
let data29 = data.config;
if(data29 && typeof data29 == "object" && !Array.isArray(data29)){
if(Object.keys(data29).length > 500){
const err74 = {instancePath:instancePath+"/config",schemaPath:"#/properties/config/maxProperties",keyword:"maxProperties",params:{limit: 500},message:"must NOT have more than 500 properties"};
if(vErrors === null){
vErrors = [err74];
}
else {
vErrors.push(err74);
}
errors++;
}
for(const key6 of Object.keys(data29)){
let data30 = data29[key6];
if(((((typeof data30 !== "string") && (!((typeof data30 == "number") && (isFinite(data30))))) && (typeof data30 !== "boolean")) && (data30 !== null)) && (!(Array.isArray(data30)))){
const err75 = {instancePath:instancePath+"/config/" + key6.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/config/additionalProperties/type",keyword:"type",params:{type: schema22.properties.config.additionalProperties.type},message:"must be string,number,boolean,null,array"};
if(vErrors === null){
vErrors = [err75];
}
else {
vErrors.push(err75);
}
errors++;
}
if(Array.isArray(data30)){
if(data30.length > 100){
const err76 = {instancePath:instancePath+"/config/" + key6.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/config/additionalProperties/maxItems",keyword:"maxItems",params:{limit: 100},message:"must NOT have more than 100 items"};
if(vErrors === null){
vErrors = [err76];
}
else {
vErrors.push(err76);
}
errors++;
}
const len3 = data30.length;
for(let i3=0; i3<len3; i3++){
let data31 = data30[i3];
if(((typeof data31 !== "string") && (!((typeof data31 == "number") && (isFinite(data31))))) && (typeof data31 !== "boolean")){
const err77 = {instancePath:instancePath+"/config/" + key6.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i3,schemaPath:"#/properties/config/additionalProperties/items/type",keyword:"type",params:{type: schema22.properties.config.additionalProperties.items.type},message:"must be string,number,boolean"};
if(vErrors === null){
vErrors = [err77];
}
else {
vErrors.push(err77);
}
errors++;
}
}
}
}
}
else {
const err78 = {instancePath:instancePath+"/config",schemaPath:"#/properties/config/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err78];
}
else {
vErrors.push(err78);
}
errors++;
}
}
}
else {
const err79 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err79];
}
else {
vErrors.push(err79);
}
errors++;
}
validate20.errors = vErrors;
return errors === 0;
}

const schema26 = {"type":"object","properties":{"cluster":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"region":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"zones":{"allOf":[{"$ref":"#/definitions/zones"}]},"instances":{"type":"integer","minimum":1,"maximum":1000},"principal":{"x-notAvailable":"Authentication and access control"},"from":{"type":["array","string"],"items":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"minItems":1,"maxItems":500,"maxLength":250},"startsAt":{"type":["string","number","array"],"items":{"type":["string","number"],"maxLength":1000,"x-kind":"duration"},"maxItems":1000,"maxLength":100,"x-kind":"durations"},"work":{"type":"object","properties":{"perRecord":{"type":["string","number"],"maxLength":1000,"x-kind":"duration"},"jitter":{"type":["string","number"],"maxLength":1000,"x-kind":"percent"}},"additionalProperties":false},"commit":{"enum":["auto","before-processing","after-processing"]},"static":{"type":"boolean"},"config":{"type":"object","additionalProperties":{"type":["string","number","boolean","null","array"],"items":{"type":["string","number","boolean"]},"maxItems":100},"maxProperties":500,"x-kind":"configs:consumer"}},"additionalProperties":false,"required":["from"]};

function validate22(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.from === undefined) || (!(func0.call(data, "from")))){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "from"},message:"must have required property '"+"from"+"'"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 of Object.keys(data)){
if(!(func0.call(schema26.properties, key0))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.cluster !== undefined && func0.call(data, "cluster")){
let data0 = data.cluster;
if((typeof data0 !== "string") && (!((typeof data0 == "number") && (isFinite(data0))))){
const err2 = {instancePath:instancePath+"/cluster",schemaPath:"#/properties/cluster/type",keyword:"type",params:{type: schema26.properties.cluster.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(typeof data0 === "string"){
if(func47(data0) > 1000){
const err3 = {instancePath:instancePath+"/cluster",schemaPath:"#/properties/cluster/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
}
if(data.region !== undefined && func0.call(data, "region")){
let data1 = data.region;
if((typeof data1 !== "string") && (!((typeof data1 == "number") && (isFinite(data1))))){
const err4 = {instancePath:instancePath+"/region",schemaPath:"#/properties/region/type",keyword:"type",params:{type: schema26.properties.region.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if(typeof data1 === "string"){
if(func47(data1) > 1000){
const err5 = {instancePath:instancePath+"/region",schemaPath:"#/properties/region/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
}
if(data.zones !== undefined && func0.call(data, "zones")){
let data2 = data.zones;
if((!(Array.isArray(data2))) && (typeof data2 !== "string")){
const err6 = {instancePath:instancePath+"/zones",schemaPath:"#/definitions/zones/type",keyword:"type",params:{type: schema16.type},message:"must be array,string"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
if(typeof data2 === "string"){
if(func47(data2) > 250){
const err7 = {instancePath:instancePath+"/zones",schemaPath:"#/definitions/zones/maxLength",keyword:"maxLength",params:{limit: 250},message:"must NOT have more than 250 characters"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(Array.isArray(data2)){
if(data2.length > 100){
const err8 = {instancePath:instancePath+"/zones",schemaPath:"#/definitions/zones/maxItems",keyword:"maxItems",params:{limit: 100},message:"must NOT have more than 100 items"};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
if(data2.length < 1){
const err9 = {instancePath:instancePath+"/zones",schemaPath:"#/definitions/zones/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
let data3 = data2[i0];
if((typeof data3 !== "string") && (!((typeof data3 == "number") && (isFinite(data3))))){
const err10 = {instancePath:instancePath+"/zones/" + i0,schemaPath:"#/definitions/zones/items/type",keyword:"type",params:{type: schema16.items.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
if(typeof data3 === "string"){
if(func47(data3) > 1000){
const err11 = {instancePath:instancePath+"/zones/" + i0,schemaPath:"#/definitions/zones/items/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
}
}
}
if(data.instances !== undefined && func0.call(data, "instances")){
let data4 = data.instances;
if(!(((typeof data4 == "number") && (!(data4 % 1) && !isNaN(data4))) && (isFinite(data4)))){
const err12 = {instancePath:instancePath+"/instances",schemaPath:"#/properties/instances/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
if((typeof data4 == "number") && (isFinite(data4))){
if(data4 > 1000 || isNaN(data4)){
const err13 = {instancePath:instancePath+"/instances",schemaPath:"#/properties/instances/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000},message:"must be <= 1000"};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
if(data4 < 1 || isNaN(data4)){
const err14 = {instancePath:instancePath+"/instances",schemaPath:"#/properties/instances/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
}
if(data.from !== undefined && func0.call(data, "from")){
let data5 = data.from;
if((!(Array.isArray(data5))) && (typeof data5 !== "string")){
const err15 = {instancePath:instancePath+"/from",schemaPath:"#/properties/from/type",keyword:"type",params:{type: schema26.properties.from.type},message:"must be array,string"};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
if(typeof data5 === "string"){
if(func47(data5) > 250){
const err16 = {instancePath:instancePath+"/from",schemaPath:"#/properties/from/maxLength",keyword:"maxLength",params:{limit: 250},message:"must NOT have more than 250 characters"};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(Array.isArray(data5)){
if(data5.length > 500){
const err17 = {instancePath:instancePath+"/from",schemaPath:"#/properties/from/maxItems",keyword:"maxItems",params:{limit: 500},message:"must NOT have more than 500 items"};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
if(data5.length < 1){
const err18 = {instancePath:instancePath+"/from",schemaPath:"#/properties/from/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
const len1 = data5.length;
for(let i1=0; i1<len1; i1++){
let data6 = data5[i1];
if((typeof data6 !== "string") && (!((typeof data6 == "number") && (isFinite(data6))))){
const err19 = {instancePath:instancePath+"/from/" + i1,schemaPath:"#/properties/from/items/type",keyword:"type",params:{type: schema26.properties.from.items.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
if(typeof data6 === "string"){
if(func47(data6) > 1000){
const err20 = {instancePath:instancePath+"/from/" + i1,schemaPath:"#/properties/from/items/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
}
}
}
if(data.startsAt !== undefined && func0.call(data, "startsAt")){
let data7 = data.startsAt;
if(((typeof data7 !== "string") && (!((typeof data7 == "number") && (isFinite(data7))))) && (!(Array.isArray(data7)))){
const err21 = {instancePath:instancePath+"/startsAt",schemaPath:"#/properties/startsAt/type",keyword:"type",params:{type: schema26.properties.startsAt.type},message:"must be string,number,array"};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
if(typeof data7 === "string"){
if(func47(data7) > 100){
const err22 = {instancePath:instancePath+"/startsAt",schemaPath:"#/properties/startsAt/maxLength",keyword:"maxLength",params:{limit: 100},message:"must NOT have more than 100 characters"};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
if(Array.isArray(data7)){
if(data7.length > 1000){
const err23 = {instancePath:instancePath+"/startsAt",schemaPath:"#/properties/startsAt/maxItems",keyword:"maxItems",params:{limit: 1000},message:"must NOT have more than 1000 items"};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
const len2 = data7.length;
for(let i2=0; i2<len2; i2++){
let data8 = data7[i2];
if((typeof data8 !== "string") && (!((typeof data8 == "number") && (isFinite(data8))))){
const err24 = {instancePath:instancePath+"/startsAt/" + i2,schemaPath:"#/properties/startsAt/items/type",keyword:"type",params:{type: schema26.properties.startsAt.items.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
if(typeof data8 === "string"){
if(func47(data8) > 1000){
const err25 = {instancePath:instancePath+"/startsAt/" + i2,schemaPath:"#/properties/startsAt/items/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
}
}
}
if(data.work !== undefined && func0.call(data, "work")){
let data9 = data.work;
if(data9 && typeof data9 == "object" && !Array.isArray(data9)){
for(const key1 of Object.keys(data9)){
if(!((key1 === "perRecord") || (key1 === "jitter"))){
const err26 = {instancePath:instancePath+"/work",schemaPath:"#/properties/work/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
if(data9.perRecord !== undefined && func0.call(data9, "perRecord")){
let data10 = data9.perRecord;
if((typeof data10 !== "string") && (!((typeof data10 == "number") && (isFinite(data10))))){
const err27 = {instancePath:instancePath+"/work/perRecord",schemaPath:"#/properties/work/properties/perRecord/type",keyword:"type",params:{type: schema26.properties.work.properties.perRecord.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
if(typeof data10 === "string"){
if(func47(data10) > 1000){
const err28 = {instancePath:instancePath+"/work/perRecord",schemaPath:"#/properties/work/properties/perRecord/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
}
if(data9.jitter !== undefined && func0.call(data9, "jitter")){
let data11 = data9.jitter;
if((typeof data11 !== "string") && (!((typeof data11 == "number") && (isFinite(data11))))){
const err29 = {instancePath:instancePath+"/work/jitter",schemaPath:"#/properties/work/properties/jitter/type",keyword:"type",params:{type: schema26.properties.work.properties.jitter.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
if(typeof data11 === "string"){
if(func47(data11) > 1000){
const err30 = {instancePath:instancePath+"/work/jitter",schemaPath:"#/properties/work/properties/jitter/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
}
}
else {
const err31 = {instancePath:instancePath+"/work",schemaPath:"#/properties/work/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
if(data.commit !== undefined && func0.call(data, "commit")){
let data12 = data.commit;
if(!(((data12 === "auto") || (data12 === "before-processing")) || (data12 === "after-processing"))){
const err32 = {instancePath:instancePath+"/commit",schemaPath:"#/properties/commit/enum",keyword:"enum",params:{allowedValues: schema26.properties.commit.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
if(data.static !== undefined && func0.call(data, "static")){
if(typeof data.static !== "boolean"){
const err33 = {instancePath:instancePath+"/static",schemaPath:"#/properties/static/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
}
if(data.config !== undefined && func0.call(data, "config")){
let data14 = data.config;
if(data14 && typeof data14 == "object" && !Array.isArray(data14)){
if(Object.keys(data14).length > 500){
const err34 = {instancePath:instancePath+"/config",schemaPath:"#/properties/config/maxProperties",keyword:"maxProperties",params:{limit: 500},message:"must NOT have more than 500 properties"};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
for(const key2 of Object.keys(data14)){
let data15 = data14[key2];
if(((((typeof data15 !== "string") && (!((typeof data15 == "number") && (isFinite(data15))))) && (typeof data15 !== "boolean")) && (data15 !== null)) && (!(Array.isArray(data15)))){
const err35 = {instancePath:instancePath+"/config/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/config/additionalProperties/type",keyword:"type",params:{type: schema26.properties.config.additionalProperties.type},message:"must be string,number,boolean,null,array"};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
if(Array.isArray(data15)){
if(data15.length > 100){
const err36 = {instancePath:instancePath+"/config/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/config/additionalProperties/maxItems",keyword:"maxItems",params:{limit: 100},message:"must NOT have more than 100 items"};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
const len3 = data15.length;
for(let i3=0; i3<len3; i3++){
let data16 = data15[i3];
if(((typeof data16 !== "string") && (!((typeof data16 == "number") && (isFinite(data16))))) && (typeof data16 !== "boolean")){
const err37 = {instancePath:instancePath+"/config/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i3,schemaPath:"#/properties/config/additionalProperties/items/type",keyword:"type",params:{type: schema26.properties.config.additionalProperties.items.type},message:"must be string,number,boolean"};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
}
}
}
}
else {
const err38 = {instancePath:instancePath+"/config",schemaPath:"#/properties/config/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
}
}
else {
const err39 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
validate22.errors = vErrors;
return errors === 0;
}

const schema28 = {"type":"object","properties":{"name":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"at":{"type":["string","number"],"maxLength":1000,"x-kind":"duration"},"after":{"type":["string","object"],"maxLength":250,"x-kind":"after","properties":{"failure":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"operation":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"edge":{"enum":["start","end"]},"delay":{"type":["string","number"],"maxLength":1000,"x-kind":"delay"}},"additionalProperties":false},"every":{"type":"object","properties":{"mtbf":{"type":["string","number"],"maxLength":1000,"x-kind":"duration"},"mttr":{"type":["string","number"],"maxLength":1000,"x-kind":"duration"}},"additionalProperties":false,"required":["mtbf","mttr"]},"for":{"type":["string","number"],"maxLength":1000,"x-kind":"duration"},"crash":{"allOf":[{"$ref":"#/definitions/target"}]},"stop":{"allOf":[{"$ref":"#/definitions/target"}]},"freeze":{"allOf":[{"$ref":"#/definitions/target"}]},"partition":{"type":"object","properties":{"between":{"type":"array","items":{"$ref":"#/definitions/target"},"minItems":2,"maxItems":2},"oneWay":{"type":"boolean"},"rejects":{"type":"boolean"}},"additionalProperties":false,"required":["between"]},"degrade":{"type":"object","properties":{"link":{"type":"array","items":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"minItems":2,"maxItems":2},"between":{"type":"array","items":{"$ref":"#/definitions/target"},"minItems":2,"maxItems":2},"zone":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"region":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"broker":{"type":["integer","string","array"],"items":{"type":"integer","minimum":1,"maximum":1000000},"minimum":1,"maximum":1000000,"maxItems":200,"maxLength":400},"client":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"cluster":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"latency":{"type":["string","number"],"maxLength":1000,"x-kind":"duration"},"jitter":{"type":["string","number"],"maxLength":1000,"x-kind":"percent"},"loss":{"type":["string","number"],"maxLength":1000,"x-kind":"percent"},"bandwidth":{"type":["string","number"],"maxLength":1000,"x-kind":"throughput"}},"additionalProperties":false},"slow":{"type":"object","properties":{"broker":{"type":["integer","string","array"],"items":{"type":"integer","minimum":1,"maximum":1000000},"minimum":1,"maximum":1000000,"maxItems":200,"maxLength":400},"controller":{"type":["integer","string","array"],"items":{"type":"integer","minimum":1,"maximum":1000000},"minimum":1,"maximum":1000000,"maxItems":200,"maxLength":400},"leaderOf":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"followerOf":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"coordinatorOf":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"brokersOf":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"controllersOf":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"zone":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"region":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"client":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"group":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"anyOf":{"allOf":[{"$ref":"#/definitions/target"}]},"cluster":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"disk":{"type":["string","number"],"maxLength":1000,"x-kind":"factor"},"cpu":{"type":["string","number"],"maxLength":1000,"x-kind":"factor"},"network":{"type":["string","number"],"maxLength":1000,"x-kind":"factor"}},"additionalProperties":false,"x-kind":"slow"},"loseControllers":{"type":["integer","object"],"minimum":1,"maximum":9,"properties":{"count":{"type":"integer","minimum":1,"maximum":9},"cluster":{"type":["string","number"],"maxLength":1000,"x-kind":"text"}},"required":["count"],"additionalProperties":false},"crashClient":{"allOf":[{"$ref":"#/definitions/target"}]},"leaveGroup":{"allOf":[{"$ref":"#/definitions/target"}]},"slowConsumer":{"type":"object","properties":{"client":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"group":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"perRecord":{"type":["string","number"],"maxLength":1000,"x-kind":"duration"}},"additionalProperties":false,"required":["perRecord"]},"powerLoss":{"x-notAvailable":"Loss of what was not flushed to disk"},"fillDisk":{"x-notAvailable":"A full log directory"},"failDisk":{"x-notAvailable":"A failed log directory"},"poisonRecord":{"x-notAvailable":"A record that a consumer cannot process"},"loseZooKeeper":{"x-notAvailable":"ZooKeeper"},"schemaRegistryDown":{"x-notAvailable":"Schema Registry"},"expireCertificate":{"x-notAvailable":"TLS"},"revokeAcl":{"x-notAvailable":"Access control"}},"additionalProperties":false};
const schema29 = {"type":["string","object","array"],"maxLength":300,"items":{"$ref":"#/definitions/target"},"minItems":1,"maxItems":200,"properties":{"broker":{"type":["integer","string","array"],"items":{"type":"integer","minimum":1,"maximum":1000000},"minimum":1,"maximum":1000000,"maxItems":200,"maxLength":400},"controller":{"type":["integer","string","array"],"items":{"type":"integer","minimum":1,"maximum":1000000},"minimum":1,"maximum":1000000,"maxItems":200,"maxLength":400},"leaderOf":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"followerOf":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"coordinatorOf":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"brokersOf":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"controllersOf":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"zone":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"region":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"client":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"group":{"type":["string","number"],"maxLength":1000,"x-kind":"text"},"anyOf":{"allOf":[{"$ref":"#/definitions/target"}]},"cluster":{"type":["string","number"],"maxLength":1000,"x-kind":"text"}},"additionalProperties":false,"x-kind":"selector"};
const wrapper0 = {validate: validate25};

function validate25(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if((!data || typeof data != "object") && (typeof data !== "string")){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: schema29.type},message:"must be string,object,array"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(typeof data === "string"){
if(func47(data) > 300){
const err1 = {instancePath,schemaPath:"#/maxLength",keyword:"maxLength",params:{limit: 300},message:"must NOT have more than 300 characters"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(Array.isArray(data)){
if(data.length > 200){
const err2 = {instancePath,schemaPath:"#/maxItems",keyword:"maxItems",params:{limit: 200},message:"must NOT have more than 200 items"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data.length < 1){
const err3 = {instancePath,schemaPath:"#/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
if(!(wrapper0.validate(data[i0], {instancePath:instancePath+"/" + i0,parentData:data,parentDataProperty:i0,rootData}))){
vErrors = vErrors === null ? wrapper0.validate.errors : vErrors.concat(wrapper0.validate.errors);
errors = vErrors.length;
}
}
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 of Object.keys(data)){
if(!(func0.call(schema29.properties, key0))){
const err4 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.broker !== undefined && func0.call(data, "broker")){
let data1 = data.broker;
if(((!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))) && (typeof data1 !== "string")) && (!(Array.isArray(data1)))){
const err5 = {instancePath:instancePath+"/broker",schemaPath:"#/properties/broker/type",keyword:"type",params:{type: schema29.properties.broker.type},message:"must be integer,string,array"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 > 1000000 || isNaN(data1)){
const err6 = {instancePath:instancePath+"/broker",schemaPath:"#/properties/broker/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000},message:"must be <= 1000000"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
if(data1 < 1 || isNaN(data1)){
const err7 = {instancePath:instancePath+"/broker",schemaPath:"#/properties/broker/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(typeof data1 === "string"){
if(func47(data1) > 400){
const err8 = {instancePath:instancePath+"/broker",schemaPath:"#/properties/broker/maxLength",keyword:"maxLength",params:{limit: 400},message:"must NOT have more than 400 characters"};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(Array.isArray(data1)){
if(data1.length > 200){
const err9 = {instancePath:instancePath+"/broker",schemaPath:"#/properties/broker/maxItems",keyword:"maxItems",params:{limit: 200},message:"must NOT have more than 200 items"};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
const len1 = data1.length;
for(let i1=0; i1<len1; i1++){
let data2 = data1[i1];
if(!(((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2))) && (isFinite(data2)))){
const err10 = {instancePath:instancePath+"/broker/" + i1,schemaPath:"#/properties/broker/items/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
if((typeof data2 == "number") && (isFinite(data2))){
if(data2 > 1000000 || isNaN(data2)){
const err11 = {instancePath:instancePath+"/broker/" + i1,schemaPath:"#/properties/broker/items/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000},message:"must be <= 1000000"};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
if(data2 < 1 || isNaN(data2)){
const err12 = {instancePath:instancePath+"/broker/" + i1,schemaPath:"#/properties/broker/items/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
}
}
}
if(data.controller !== undefined && func0.call(data, "controller")){
let data3 = data.controller;
if(((!(((typeof data3 == "number") && (!(data3 % 1) && !isNaN(data3))) && (isFinite(data3)))) && (typeof data3 !== "string")) && (!(Array.isArray(data3)))){
const err13 = {instancePath:instancePath+"/controller",schemaPath:"#/properties/controller/type",keyword:"type",params:{type: schema29.properties.controller.type},message:"must be integer,string,array"};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
if((typeof data3 == "number") && (isFinite(data3))){
if(data3 > 1000000 || isNaN(data3)){
const err14 = {instancePath:instancePath+"/controller",schemaPath:"#/properties/controller/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000},message:"must be <= 1000000"};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
if(data3 < 1 || isNaN(data3)){
const err15 = {instancePath:instancePath+"/controller",schemaPath:"#/properties/controller/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
if(typeof data3 === "string"){
if(func47(data3) > 400){
const err16 = {instancePath:instancePath+"/controller",schemaPath:"#/properties/controller/maxLength",keyword:"maxLength",params:{limit: 400},message:"must NOT have more than 400 characters"};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(Array.isArray(data3)){
if(data3.length > 200){
const err17 = {instancePath:instancePath+"/controller",schemaPath:"#/properties/controller/maxItems",keyword:"maxItems",params:{limit: 200},message:"must NOT have more than 200 items"};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
const len2 = data3.length;
for(let i2=0; i2<len2; i2++){
let data4 = data3[i2];
if(!(((typeof data4 == "number") && (!(data4 % 1) && !isNaN(data4))) && (isFinite(data4)))){
const err18 = {instancePath:instancePath+"/controller/" + i2,schemaPath:"#/properties/controller/items/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
if((typeof data4 == "number") && (isFinite(data4))){
if(data4 > 1000000 || isNaN(data4)){
const err19 = {instancePath:instancePath+"/controller/" + i2,schemaPath:"#/properties/controller/items/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000},message:"must be <= 1000000"};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
if(data4 < 1 || isNaN(data4)){
const err20 = {instancePath:instancePath+"/controller/" + i2,schemaPath:"#/properties/controller/items/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
}
}
}
if(data.leaderOf !== undefined && func0.call(data, "leaderOf")){
let data5 = data.leaderOf;
if((typeof data5 !== "string") && (!((typeof data5 == "number") && (isFinite(data5))))){
const err21 = {instancePath:instancePath+"/leaderOf",schemaPath:"#/properties/leaderOf/type",keyword:"type",params:{type: schema29.properties.leaderOf.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
if(typeof data5 === "string"){
if(func47(data5) > 1000){
const err22 = {instancePath:instancePath+"/leaderOf",schemaPath:"#/properties/leaderOf/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
}
if(data.followerOf !== undefined && func0.call(data, "followerOf")){
let data6 = data.followerOf;
if((typeof data6 !== "string") && (!((typeof data6 == "number") && (isFinite(data6))))){
const err23 = {instancePath:instancePath+"/followerOf",schemaPath:"#/properties/followerOf/type",keyword:"type",params:{type: schema29.properties.followerOf.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
if(typeof data6 === "string"){
if(func47(data6) > 1000){
const err24 = {instancePath:instancePath+"/followerOf",schemaPath:"#/properties/followerOf/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
}
if(data.coordinatorOf !== undefined && func0.call(data, "coordinatorOf")){
let data7 = data.coordinatorOf;
if((typeof data7 !== "string") && (!((typeof data7 == "number") && (isFinite(data7))))){
const err25 = {instancePath:instancePath+"/coordinatorOf",schemaPath:"#/properties/coordinatorOf/type",keyword:"type",params:{type: schema29.properties.coordinatorOf.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
if(typeof data7 === "string"){
if(func47(data7) > 1000){
const err26 = {instancePath:instancePath+"/coordinatorOf",schemaPath:"#/properties/coordinatorOf/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
}
if(data.brokersOf !== undefined && func0.call(data, "brokersOf")){
let data8 = data.brokersOf;
if((typeof data8 !== "string") && (!((typeof data8 == "number") && (isFinite(data8))))){
const err27 = {instancePath:instancePath+"/brokersOf",schemaPath:"#/properties/brokersOf/type",keyword:"type",params:{type: schema29.properties.brokersOf.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
if(typeof data8 === "string"){
if(func47(data8) > 1000){
const err28 = {instancePath:instancePath+"/brokersOf",schemaPath:"#/properties/brokersOf/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
}
if(data.controllersOf !== undefined && func0.call(data, "controllersOf")){
let data9 = data.controllersOf;
if((typeof data9 !== "string") && (!((typeof data9 == "number") && (isFinite(data9))))){
const err29 = {instancePath:instancePath+"/controllersOf",schemaPath:"#/properties/controllersOf/type",keyword:"type",params:{type: schema29.properties.controllersOf.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
if(typeof data9 === "string"){
if(func47(data9) > 1000){
const err30 = {instancePath:instancePath+"/controllersOf",schemaPath:"#/properties/controllersOf/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
}
if(data.zone !== undefined && func0.call(data, "zone")){
let data10 = data.zone;
if((typeof data10 !== "string") && (!((typeof data10 == "number") && (isFinite(data10))))){
const err31 = {instancePath:instancePath+"/zone",schemaPath:"#/properties/zone/type",keyword:"type",params:{type: schema29.properties.zone.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
if(typeof data10 === "string"){
if(func47(data10) > 1000){
const err32 = {instancePath:instancePath+"/zone",schemaPath:"#/properties/zone/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
}
if(data.region !== undefined && func0.call(data, "region")){
let data11 = data.region;
if((typeof data11 !== "string") && (!((typeof data11 == "number") && (isFinite(data11))))){
const err33 = {instancePath:instancePath+"/region",schemaPath:"#/properties/region/type",keyword:"type",params:{type: schema29.properties.region.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
if(typeof data11 === "string"){
if(func47(data11) > 1000){
const err34 = {instancePath:instancePath+"/region",schemaPath:"#/properties/region/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
}
if(data.client !== undefined && func0.call(data, "client")){
let data12 = data.client;
if((typeof data12 !== "string") && (!((typeof data12 == "number") && (isFinite(data12))))){
const err35 = {instancePath:instancePath+"/client",schemaPath:"#/properties/client/type",keyword:"type",params:{type: schema29.properties.client.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
if(typeof data12 === "string"){
if(func47(data12) > 1000){
const err36 = {instancePath:instancePath+"/client",schemaPath:"#/properties/client/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
}
if(data.group !== undefined && func0.call(data, "group")){
let data13 = data.group;
if((typeof data13 !== "string") && (!((typeof data13 == "number") && (isFinite(data13))))){
const err37 = {instancePath:instancePath+"/group",schemaPath:"#/properties/group/type",keyword:"type",params:{type: schema29.properties.group.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
if(typeof data13 === "string"){
if(func47(data13) > 1000){
const err38 = {instancePath:instancePath+"/group",schemaPath:"#/properties/group/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
}
}
if(data.anyOf !== undefined && func0.call(data, "anyOf")){
if(!(wrapper0.validate(data.anyOf, {instancePath:instancePath+"/anyOf",parentData:data,parentDataProperty:"anyOf",rootData}))){
vErrors = vErrors === null ? wrapper0.validate.errors : vErrors.concat(wrapper0.validate.errors);
errors = vErrors.length;
}
}
if(data.cluster !== undefined && func0.call(data, "cluster")){
let data15 = data.cluster;
if((typeof data15 !== "string") && (!((typeof data15 == "number") && (isFinite(data15))))){
const err39 = {instancePath:instancePath+"/cluster",schemaPath:"#/properties/cluster/type",keyword:"type",params:{type: schema29.properties.cluster.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
if(typeof data15 === "string"){
if(func47(data15) > 1000){
const err40 = {instancePath:instancePath+"/cluster",schemaPath:"#/properties/cluster/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
}
}
}
validate25.errors = vErrors;
return errors === 0;
}


function validate24(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 of Object.keys(data)){
if(!(func0.call(schema28.properties, key0))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.name !== undefined && func0.call(data, "name")){
let data0 = data.name;
if((typeof data0 !== "string") && (!((typeof data0 == "number") && (isFinite(data0))))){
const err1 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/type",keyword:"type",params:{type: schema28.properties.name.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(typeof data0 === "string"){
if(func47(data0) > 1000){
const err2 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
}
if(data.at !== undefined && func0.call(data, "at")){
let data1 = data.at;
if((typeof data1 !== "string") && (!((typeof data1 == "number") && (isFinite(data1))))){
const err3 = {instancePath:instancePath+"/at",schemaPath:"#/properties/at/type",keyword:"type",params:{type: schema28.properties.at.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(typeof data1 === "string"){
if(func47(data1) > 1000){
const err4 = {instancePath:instancePath+"/at",schemaPath:"#/properties/at/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
}
if(data.after !== undefined && func0.call(data, "after")){
let data2 = data.after;
if((typeof data2 !== "string") && (!(data2 && typeof data2 == "object" && !Array.isArray(data2)))){
const err5 = {instancePath:instancePath+"/after",schemaPath:"#/properties/after/type",keyword:"type",params:{type: schema28.properties.after.type},message:"must be string,object"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(typeof data2 === "string"){
if(func47(data2) > 250){
const err6 = {instancePath:instancePath+"/after",schemaPath:"#/properties/after/maxLength",keyword:"maxLength",params:{limit: 250},message:"must NOT have more than 250 characters"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
for(const key1 of Object.keys(data2)){
if(!((((key1 === "failure") || (key1 === "operation")) || (key1 === "edge")) || (key1 === "delay"))){
const err7 = {instancePath:instancePath+"/after",schemaPath:"#/properties/after/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data2.failure !== undefined && func0.call(data2, "failure")){
let data3 = data2.failure;
if((typeof data3 !== "string") && (!((typeof data3 == "number") && (isFinite(data3))))){
const err8 = {instancePath:instancePath+"/after/failure",schemaPath:"#/properties/after/properties/failure/type",keyword:"type",params:{type: schema28.properties.after.properties.failure.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
if(typeof data3 === "string"){
if(func47(data3) > 1000){
const err9 = {instancePath:instancePath+"/after/failure",schemaPath:"#/properties/after/properties/failure/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
}
if(data2.operation !== undefined && func0.call(data2, "operation")){
let data4 = data2.operation;
if((typeof data4 !== "string") && (!((typeof data4 == "number") && (isFinite(data4))))){
const err10 = {instancePath:instancePath+"/after/operation",schemaPath:"#/properties/after/properties/operation/type",keyword:"type",params:{type: schema28.properties.after.properties.operation.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
if(typeof data4 === "string"){
if(func47(data4) > 1000){
const err11 = {instancePath:instancePath+"/after/operation",schemaPath:"#/properties/after/properties/operation/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
}
if(data2.edge !== undefined && func0.call(data2, "edge")){
let data5 = data2.edge;
if(!((data5 === "start") || (data5 === "end"))){
const err12 = {instancePath:instancePath+"/after/edge",schemaPath:"#/properties/after/properties/edge/enum",keyword:"enum",params:{allowedValues: schema28.properties.after.properties.edge.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data2.delay !== undefined && func0.call(data2, "delay")){
let data6 = data2.delay;
if((typeof data6 !== "string") && (!((typeof data6 == "number") && (isFinite(data6))))){
const err13 = {instancePath:instancePath+"/after/delay",schemaPath:"#/properties/after/properties/delay/type",keyword:"type",params:{type: schema28.properties.after.properties.delay.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
if(typeof data6 === "string"){
if(func47(data6) > 1000){
const err14 = {instancePath:instancePath+"/after/delay",schemaPath:"#/properties/after/properties/delay/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
}
}
}
if(data.every !== undefined && func0.call(data, "every")){
let data7 = data.every;
if(data7 && typeof data7 == "object" && !Array.isArray(data7)){
if((data7.mtbf === undefined) || (!(func0.call(data7, "mtbf")))){
const err15 = {instancePath:instancePath+"/every",schemaPath:"#/properties/every/required",keyword:"required",params:{missingProperty: "mtbf"},message:"must have required property '"+"mtbf"+"'"};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
if((data7.mttr === undefined) || (!(func0.call(data7, "mttr")))){
const err16 = {instancePath:instancePath+"/every",schemaPath:"#/properties/every/required",keyword:"required",params:{missingProperty: "mttr"},message:"must have required property '"+"mttr"+"'"};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
for(const key2 of Object.keys(data7)){
if(!((key2 === "mtbf") || (key2 === "mttr"))){
const err17 = {instancePath:instancePath+"/every",schemaPath:"#/properties/every/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
if(data7.mtbf !== undefined && func0.call(data7, "mtbf")){
let data8 = data7.mtbf;
if((typeof data8 !== "string") && (!((typeof data8 == "number") && (isFinite(data8))))){
const err18 = {instancePath:instancePath+"/every/mtbf",schemaPath:"#/properties/every/properties/mtbf/type",keyword:"type",params:{type: schema28.properties.every.properties.mtbf.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
if(typeof data8 === "string"){
if(func47(data8) > 1000){
const err19 = {instancePath:instancePath+"/every/mtbf",schemaPath:"#/properties/every/properties/mtbf/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
}
if(data7.mttr !== undefined && func0.call(data7, "mttr")){
let data9 = data7.mttr;
if((typeof data9 !== "string") && (!((typeof data9 == "number") && (isFinite(data9))))){
const err20 = {instancePath:instancePath+"/every/mttr",schemaPath:"#/properties/every/properties/mttr/type",keyword:"type",params:{type: schema28.properties.every.properties.mttr.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
if(typeof data9 === "string"){
if(func47(data9) > 1000){
const err21 = {instancePath:instancePath+"/every/mttr",schemaPath:"#/properties/every/properties/mttr/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
}
}
else {
const err22 = {instancePath:instancePath+"/every",schemaPath:"#/properties/every/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
if(data.for !== undefined && func0.call(data, "for")){
let data10 = data.for;
if((typeof data10 !== "string") && (!((typeof data10 == "number") && (isFinite(data10))))){
const err23 = {instancePath:instancePath+"/for",schemaPath:"#/properties/for/type",keyword:"type",params:{type: schema28.properties.for.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
if(typeof data10 === "string"){
if(func47(data10) > 1000){
const err24 = {instancePath:instancePath+"/for",schemaPath:"#/properties/for/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
}
if(data.crash !== undefined && func0.call(data, "crash")){
if(!(validate25(data.crash, {instancePath:instancePath+"/crash",parentData:data,parentDataProperty:"crash",rootData}))){
vErrors = vErrors === null ? validate25.errors : vErrors.concat(validate25.errors);
errors = vErrors.length;
}
}
if(data.stop !== undefined && func0.call(data, "stop")){
if(!(validate25(data.stop, {instancePath:instancePath+"/stop",parentData:data,parentDataProperty:"stop",rootData}))){
vErrors = vErrors === null ? validate25.errors : vErrors.concat(validate25.errors);
errors = vErrors.length;
}
}
if(data.freeze !== undefined && func0.call(data, "freeze")){
if(!(validate25(data.freeze, {instancePath:instancePath+"/freeze",parentData:data,parentDataProperty:"freeze",rootData}))){
vErrors = vErrors === null ? validate25.errors : vErrors.concat(validate25.errors);
errors = vErrors.length;
}
}
if(data.partition !== undefined && func0.call(data, "partition")){
let data14 = data.partition;
if(data14 && typeof data14 == "object" && !Array.isArray(data14)){
if((data14.between === undefined) || (!(func0.call(data14, "between")))){
const err25 = {instancePath:instancePath+"/partition",schemaPath:"#/properties/partition/required",keyword:"required",params:{missingProperty: "between"},message:"must have required property '"+"between"+"'"};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
for(const key3 of Object.keys(data14)){
if(!(((key3 === "between") || (key3 === "oneWay")) || (key3 === "rejects"))){
const err26 = {instancePath:instancePath+"/partition",schemaPath:"#/properties/partition/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
if(data14.between !== undefined && func0.call(data14, "between")){
let data15 = data14.between;
if(Array.isArray(data15)){
if(data15.length > 2){
const err27 = {instancePath:instancePath+"/partition/between",schemaPath:"#/properties/partition/properties/between/maxItems",keyword:"maxItems",params:{limit: 2},message:"must NOT have more than 2 items"};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
if(data15.length < 2){
const err28 = {instancePath:instancePath+"/partition/between",schemaPath:"#/properties/partition/properties/between/minItems",keyword:"minItems",params:{limit: 2},message:"must NOT have fewer than 2 items"};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
const len0 = data15.length;
for(let i0=0; i0<len0; i0++){
if(!(validate25(data15[i0], {instancePath:instancePath+"/partition/between/" + i0,parentData:data15,parentDataProperty:i0,rootData}))){
vErrors = vErrors === null ? validate25.errors : vErrors.concat(validate25.errors);
errors = vErrors.length;
}
}
}
else {
const err29 = {instancePath:instancePath+"/partition/between",schemaPath:"#/properties/partition/properties/between/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
if(data14.oneWay !== undefined && func0.call(data14, "oneWay")){
if(typeof data14.oneWay !== "boolean"){
const err30 = {instancePath:instancePath+"/partition/oneWay",schemaPath:"#/properties/partition/properties/oneWay/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
if(data14.rejects !== undefined && func0.call(data14, "rejects")){
if(typeof data14.rejects !== "boolean"){
const err31 = {instancePath:instancePath+"/partition/rejects",schemaPath:"#/properties/partition/properties/rejects/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
}
else {
const err32 = {instancePath:instancePath+"/partition",schemaPath:"#/properties/partition/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
if(data.degrade !== undefined && func0.call(data, "degrade")){
let data19 = data.degrade;
if(data19 && typeof data19 == "object" && !Array.isArray(data19)){
for(const key4 of Object.keys(data19)){
if(!(func0.call(schema28.properties.degrade.properties, key4))){
const err33 = {instancePath:instancePath+"/degrade",schemaPath:"#/properties/degrade/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key4},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
}
if(data19.link !== undefined && func0.call(data19, "link")){
let data20 = data19.link;
if(Array.isArray(data20)){
if(data20.length > 2){
const err34 = {instancePath:instancePath+"/degrade/link",schemaPath:"#/properties/degrade/properties/link/maxItems",keyword:"maxItems",params:{limit: 2},message:"must NOT have more than 2 items"};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
if(data20.length < 2){
const err35 = {instancePath:instancePath+"/degrade/link",schemaPath:"#/properties/degrade/properties/link/minItems",keyword:"minItems",params:{limit: 2},message:"must NOT have fewer than 2 items"};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
const len1 = data20.length;
for(let i1=0; i1<len1; i1++){
let data21 = data20[i1];
if((typeof data21 !== "string") && (!((typeof data21 == "number") && (isFinite(data21))))){
const err36 = {instancePath:instancePath+"/degrade/link/" + i1,schemaPath:"#/properties/degrade/properties/link/items/type",keyword:"type",params:{type: schema28.properties.degrade.properties.link.items.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
if(typeof data21 === "string"){
if(func47(data21) > 1000){
const err37 = {instancePath:instancePath+"/degrade/link/" + i1,schemaPath:"#/properties/degrade/properties/link/items/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
}
}
}
else {
const err38 = {instancePath:instancePath+"/degrade/link",schemaPath:"#/properties/degrade/properties/link/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
}
if(data19.between !== undefined && func0.call(data19, "between")){
let data22 = data19.between;
if(Array.isArray(data22)){
if(data22.length > 2){
const err39 = {instancePath:instancePath+"/degrade/between",schemaPath:"#/properties/degrade/properties/between/maxItems",keyword:"maxItems",params:{limit: 2},message:"must NOT have more than 2 items"};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
if(data22.length < 2){
const err40 = {instancePath:instancePath+"/degrade/between",schemaPath:"#/properties/degrade/properties/between/minItems",keyword:"minItems",params:{limit: 2},message:"must NOT have fewer than 2 items"};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
const len2 = data22.length;
for(let i2=0; i2<len2; i2++){
if(!(validate25(data22[i2], {instancePath:instancePath+"/degrade/between/" + i2,parentData:data22,parentDataProperty:i2,rootData}))){
vErrors = vErrors === null ? validate25.errors : vErrors.concat(validate25.errors);
errors = vErrors.length;
}
}
}
else {
const err41 = {instancePath:instancePath+"/degrade/between",schemaPath:"#/properties/degrade/properties/between/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
}
if(data19.zone !== undefined && func0.call(data19, "zone")){
let data24 = data19.zone;
if((typeof data24 !== "string") && (!((typeof data24 == "number") && (isFinite(data24))))){
const err42 = {instancePath:instancePath+"/degrade/zone",schemaPath:"#/properties/degrade/properties/zone/type",keyword:"type",params:{type: schema28.properties.degrade.properties.zone.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
if(typeof data24 === "string"){
if(func47(data24) > 1000){
const err43 = {instancePath:instancePath+"/degrade/zone",schemaPath:"#/properties/degrade/properties/zone/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
}
}
if(data19.region !== undefined && func0.call(data19, "region")){
let data25 = data19.region;
if((typeof data25 !== "string") && (!((typeof data25 == "number") && (isFinite(data25))))){
const err44 = {instancePath:instancePath+"/degrade/region",schemaPath:"#/properties/degrade/properties/region/type",keyword:"type",params:{type: schema28.properties.degrade.properties.region.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
if(typeof data25 === "string"){
if(func47(data25) > 1000){
const err45 = {instancePath:instancePath+"/degrade/region",schemaPath:"#/properties/degrade/properties/region/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
}
}
if(data19.broker !== undefined && func0.call(data19, "broker")){
let data26 = data19.broker;
if(((!(((typeof data26 == "number") && (!(data26 % 1) && !isNaN(data26))) && (isFinite(data26)))) && (typeof data26 !== "string")) && (!(Array.isArray(data26)))){
const err46 = {instancePath:instancePath+"/degrade/broker",schemaPath:"#/properties/degrade/properties/broker/type",keyword:"type",params:{type: schema28.properties.degrade.properties.broker.type},message:"must be integer,string,array"};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
if((typeof data26 == "number") && (isFinite(data26))){
if(data26 > 1000000 || isNaN(data26)){
const err47 = {instancePath:instancePath+"/degrade/broker",schemaPath:"#/properties/degrade/properties/broker/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000},message:"must be <= 1000000"};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
if(data26 < 1 || isNaN(data26)){
const err48 = {instancePath:instancePath+"/degrade/broker",schemaPath:"#/properties/degrade/properties/broker/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
}
if(typeof data26 === "string"){
if(func47(data26) > 400){
const err49 = {instancePath:instancePath+"/degrade/broker",schemaPath:"#/properties/degrade/properties/broker/maxLength",keyword:"maxLength",params:{limit: 400},message:"must NOT have more than 400 characters"};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
}
if(Array.isArray(data26)){
if(data26.length > 200){
const err50 = {instancePath:instancePath+"/degrade/broker",schemaPath:"#/properties/degrade/properties/broker/maxItems",keyword:"maxItems",params:{limit: 200},message:"must NOT have more than 200 items"};
if(vErrors === null){
vErrors = [err50];
}
else {
vErrors.push(err50);
}
errors++;
}
const len3 = data26.length;
for(let i3=0; i3<len3; i3++){
let data27 = data26[i3];
if(!(((typeof data27 == "number") && (!(data27 % 1) && !isNaN(data27))) && (isFinite(data27)))){
const err51 = {instancePath:instancePath+"/degrade/broker/" + i3,schemaPath:"#/properties/degrade/properties/broker/items/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err51];
}
else {
vErrors.push(err51);
}
errors++;
}
if((typeof data27 == "number") && (isFinite(data27))){
if(data27 > 1000000 || isNaN(data27)){
const err52 = {instancePath:instancePath+"/degrade/broker/" + i3,schemaPath:"#/properties/degrade/properties/broker/items/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000},message:"must be <= 1000000"};
if(vErrors === null){
vErrors = [err52];
}
else {
vErrors.push(err52);
}
errors++;
}
if(data27 < 1 || isNaN(data27)){
const err53 = {instancePath:instancePath+"/degrade/broker/" + i3,schemaPath:"#/properties/degrade/properties/broker/items/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
if(vErrors === null){
vErrors = [err53];
}
else {
vErrors.push(err53);
}
errors++;
}
}
}
}
}
if(data19.client !== undefined && func0.call(data19, "client")){
let data28 = data19.client;
if((typeof data28 !== "string") && (!((typeof data28 == "number") && (isFinite(data28))))){
const err54 = {instancePath:instancePath+"/degrade/client",schemaPath:"#/properties/degrade/properties/client/type",keyword:"type",params:{type: schema28.properties.degrade.properties.client.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err54];
}
else {
vErrors.push(err54);
}
errors++;
}
if(typeof data28 === "string"){
if(func47(data28) > 1000){
const err55 = {instancePath:instancePath+"/degrade/client",schemaPath:"#/properties/degrade/properties/client/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err55];
}
else {
vErrors.push(err55);
}
errors++;
}
}
}
if(data19.cluster !== undefined && func0.call(data19, "cluster")){
let data29 = data19.cluster;
if((typeof data29 !== "string") && (!((typeof data29 == "number") && (isFinite(data29))))){
const err56 = {instancePath:instancePath+"/degrade/cluster",schemaPath:"#/properties/degrade/properties/cluster/type",keyword:"type",params:{type: schema28.properties.degrade.properties.cluster.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err56];
}
else {
vErrors.push(err56);
}
errors++;
}
if(typeof data29 === "string"){
if(func47(data29) > 1000){
const err57 = {instancePath:instancePath+"/degrade/cluster",schemaPath:"#/properties/degrade/properties/cluster/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err57];
}
else {
vErrors.push(err57);
}
errors++;
}
}
}
if(data19.latency !== undefined && func0.call(data19, "latency")){
let data30 = data19.latency;
if((typeof data30 !== "string") && (!((typeof data30 == "number") && (isFinite(data30))))){
const err58 = {instancePath:instancePath+"/degrade/latency",schemaPath:"#/properties/degrade/properties/latency/type",keyword:"type",params:{type: schema28.properties.degrade.properties.latency.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err58];
}
else {
vErrors.push(err58);
}
errors++;
}
if(typeof data30 === "string"){
if(func47(data30) > 1000){
const err59 = {instancePath:instancePath+"/degrade/latency",schemaPath:"#/properties/degrade/properties/latency/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err59];
}
else {
vErrors.push(err59);
}
errors++;
}
}
}
if(data19.jitter !== undefined && func0.call(data19, "jitter")){
let data31 = data19.jitter;
if((typeof data31 !== "string") && (!((typeof data31 == "number") && (isFinite(data31))))){
const err60 = {instancePath:instancePath+"/degrade/jitter",schemaPath:"#/properties/degrade/properties/jitter/type",keyword:"type",params:{type: schema28.properties.degrade.properties.jitter.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err60];
}
else {
vErrors.push(err60);
}
errors++;
}
if(typeof data31 === "string"){
if(func47(data31) > 1000){
const err61 = {instancePath:instancePath+"/degrade/jitter",schemaPath:"#/properties/degrade/properties/jitter/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err61];
}
else {
vErrors.push(err61);
}
errors++;
}
}
}
if(data19.loss !== undefined && func0.call(data19, "loss")){
let data32 = data19.loss;
if((typeof data32 !== "string") && (!((typeof data32 == "number") && (isFinite(data32))))){
const err62 = {instancePath:instancePath+"/degrade/loss",schemaPath:"#/properties/degrade/properties/loss/type",keyword:"type",params:{type: schema28.properties.degrade.properties.loss.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err62];
}
else {
vErrors.push(err62);
}
errors++;
}
if(typeof data32 === "string"){
if(func47(data32) > 1000){
const err63 = {instancePath:instancePath+"/degrade/loss",schemaPath:"#/properties/degrade/properties/loss/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err63];
}
else {
vErrors.push(err63);
}
errors++;
}
}
}
if(data19.bandwidth !== undefined && func0.call(data19, "bandwidth")){
let data33 = data19.bandwidth;
if((typeof data33 !== "string") && (!((typeof data33 == "number") && (isFinite(data33))))){
const err64 = {instancePath:instancePath+"/degrade/bandwidth",schemaPath:"#/properties/degrade/properties/bandwidth/type",keyword:"type",params:{type: schema28.properties.degrade.properties.bandwidth.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err64];
}
else {
vErrors.push(err64);
}
errors++;
}
if(typeof data33 === "string"){
if(func47(data33) > 1000){
const err65 = {instancePath:instancePath+"/degrade/bandwidth",schemaPath:"#/properties/degrade/properties/bandwidth/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err65];
}
else {
vErrors.push(err65);
}
errors++;
}
}
}
}
else {
const err66 = {instancePath:instancePath+"/degrade",schemaPath:"#/properties/degrade/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err66];
}
else {
vErrors.push(err66);
}
errors++;
}
}
if(data.slow !== undefined && func0.call(data, "slow")){
let data34 = data.slow;
if(data34 && typeof data34 == "object" && !Array.isArray(data34)){
for(const key5 of Object.keys(data34)){
if(!(func0.call(schema28.properties.slow.properties, key5))){
const err67 = {instancePath:instancePath+"/slow",schemaPath:"#/properties/slow/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key5},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err67];
}
else {
vErrors.push(err67);
}
errors++;
}
}
if(data34.broker !== undefined && func0.call(data34, "broker")){
let data35 = data34.broker;
if(((!(((typeof data35 == "number") && (!(data35 % 1) && !isNaN(data35))) && (isFinite(data35)))) && (typeof data35 !== "string")) && (!(Array.isArray(data35)))){
const err68 = {instancePath:instancePath+"/slow/broker",schemaPath:"#/properties/slow/properties/broker/type",keyword:"type",params:{type: schema28.properties.slow.properties.broker.type},message:"must be integer,string,array"};
if(vErrors === null){
vErrors = [err68];
}
else {
vErrors.push(err68);
}
errors++;
}
if((typeof data35 == "number") && (isFinite(data35))){
if(data35 > 1000000 || isNaN(data35)){
const err69 = {instancePath:instancePath+"/slow/broker",schemaPath:"#/properties/slow/properties/broker/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000},message:"must be <= 1000000"};
if(vErrors === null){
vErrors = [err69];
}
else {
vErrors.push(err69);
}
errors++;
}
if(data35 < 1 || isNaN(data35)){
const err70 = {instancePath:instancePath+"/slow/broker",schemaPath:"#/properties/slow/properties/broker/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
if(vErrors === null){
vErrors = [err70];
}
else {
vErrors.push(err70);
}
errors++;
}
}
if(typeof data35 === "string"){
if(func47(data35) > 400){
const err71 = {instancePath:instancePath+"/slow/broker",schemaPath:"#/properties/slow/properties/broker/maxLength",keyword:"maxLength",params:{limit: 400},message:"must NOT have more than 400 characters"};
if(vErrors === null){
vErrors = [err71];
}
else {
vErrors.push(err71);
}
errors++;
}
}
if(Array.isArray(data35)){
if(data35.length > 200){
const err72 = {instancePath:instancePath+"/slow/broker",schemaPath:"#/properties/slow/properties/broker/maxItems",keyword:"maxItems",params:{limit: 200},message:"must NOT have more than 200 items"};
if(vErrors === null){
vErrors = [err72];
}
else {
vErrors.push(err72);
}
errors++;
}
const len4 = data35.length;
for(let i4=0; i4<len4; i4++){
let data36 = data35[i4];
if(!(((typeof data36 == "number") && (!(data36 % 1) && !isNaN(data36))) && (isFinite(data36)))){
const err73 = {instancePath:instancePath+"/slow/broker/" + i4,schemaPath:"#/properties/slow/properties/broker/items/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err73];
}
else {
vErrors.push(err73);
}
errors++;
}
if((typeof data36 == "number") && (isFinite(data36))){
if(data36 > 1000000 || isNaN(data36)){
const err74 = {instancePath:instancePath+"/slow/broker/" + i4,schemaPath:"#/properties/slow/properties/broker/items/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000},message:"must be <= 1000000"};
if(vErrors === null){
vErrors = [err74];
}
else {
vErrors.push(err74);
}
errors++;
}
if(data36 < 1 || isNaN(data36)){
const err75 = {instancePath:instancePath+"/slow/broker/" + i4,schemaPath:"#/properties/slow/properties/broker/items/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
if(vErrors === null){
vErrors = [err75];
}
else {
vErrors.push(err75);
}
errors++;
}
}
}
}
}
if(data34.controller !== undefined && func0.call(data34, "controller")){
let data37 = data34.controller;
if(((!(((typeof data37 == "number") && (!(data37 % 1) && !isNaN(data37))) && (isFinite(data37)))) && (typeof data37 !== "string")) && (!(Array.isArray(data37)))){
const err76 = {instancePath:instancePath+"/slow/controller",schemaPath:"#/properties/slow/properties/controller/type",keyword:"type",params:{type: schema28.properties.slow.properties.controller.type},message:"must be integer,string,array"};
if(vErrors === null){
vErrors = [err76];
}
else {
vErrors.push(err76);
}
errors++;
}
if((typeof data37 == "number") && (isFinite(data37))){
if(data37 > 1000000 || isNaN(data37)){
const err77 = {instancePath:instancePath+"/slow/controller",schemaPath:"#/properties/slow/properties/controller/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000},message:"must be <= 1000000"};
if(vErrors === null){
vErrors = [err77];
}
else {
vErrors.push(err77);
}
errors++;
}
if(data37 < 1 || isNaN(data37)){
const err78 = {instancePath:instancePath+"/slow/controller",schemaPath:"#/properties/slow/properties/controller/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
if(vErrors === null){
vErrors = [err78];
}
else {
vErrors.push(err78);
}
errors++;
}
}
if(typeof data37 === "string"){
if(func47(data37) > 400){
const err79 = {instancePath:instancePath+"/slow/controller",schemaPath:"#/properties/slow/properties/controller/maxLength",keyword:"maxLength",params:{limit: 400},message:"must NOT have more than 400 characters"};
if(vErrors === null){
vErrors = [err79];
}
else {
vErrors.push(err79);
}
errors++;
}
}
if(Array.isArray(data37)){
if(data37.length > 200){
const err80 = {instancePath:instancePath+"/slow/controller",schemaPath:"#/properties/slow/properties/controller/maxItems",keyword:"maxItems",params:{limit: 200},message:"must NOT have more than 200 items"};
if(vErrors === null){
vErrors = [err80];
}
else {
vErrors.push(err80);
}
errors++;
}
const len5 = data37.length;
for(let i5=0; i5<len5; i5++){
let data38 = data37[i5];
if(!(((typeof data38 == "number") && (!(data38 % 1) && !isNaN(data38))) && (isFinite(data38)))){
const err81 = {instancePath:instancePath+"/slow/controller/" + i5,schemaPath:"#/properties/slow/properties/controller/items/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err81];
}
else {
vErrors.push(err81);
}
errors++;
}
if((typeof data38 == "number") && (isFinite(data38))){
if(data38 > 1000000 || isNaN(data38)){
const err82 = {instancePath:instancePath+"/slow/controller/" + i5,schemaPath:"#/properties/slow/properties/controller/items/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000},message:"must be <= 1000000"};
if(vErrors === null){
vErrors = [err82];
}
else {
vErrors.push(err82);
}
errors++;
}
if(data38 < 1 || isNaN(data38)){
const err83 = {instancePath:instancePath+"/slow/controller/" + i5,schemaPath:"#/properties/slow/properties/controller/items/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
if(vErrors === null){
vErrors = [err83];
}
else {
vErrors.push(err83);
}
errors++;
}
}
}
}
}
if(data34.leaderOf !== undefined && func0.call(data34, "leaderOf")){
let data39 = data34.leaderOf;
if((typeof data39 !== "string") && (!((typeof data39 == "number") && (isFinite(data39))))){
const err84 = {instancePath:instancePath+"/slow/leaderOf",schemaPath:"#/properties/slow/properties/leaderOf/type",keyword:"type",params:{type: schema28.properties.slow.properties.leaderOf.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err84];
}
else {
vErrors.push(err84);
}
errors++;
}
if(typeof data39 === "string"){
if(func47(data39) > 1000){
const err85 = {instancePath:instancePath+"/slow/leaderOf",schemaPath:"#/properties/slow/properties/leaderOf/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err85];
}
else {
vErrors.push(err85);
}
errors++;
}
}
}
if(data34.followerOf !== undefined && func0.call(data34, "followerOf")){
let data40 = data34.followerOf;
if((typeof data40 !== "string") && (!((typeof data40 == "number") && (isFinite(data40))))){
const err86 = {instancePath:instancePath+"/slow/followerOf",schemaPath:"#/properties/slow/properties/followerOf/type",keyword:"type",params:{type: schema28.properties.slow.properties.followerOf.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err86];
}
else {
vErrors.push(err86);
}
errors++;
}
if(typeof data40 === "string"){
if(func47(data40) > 1000){
const err87 = {instancePath:instancePath+"/slow/followerOf",schemaPath:"#/properties/slow/properties/followerOf/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err87];
}
else {
vErrors.push(err87);
}
errors++;
}
}
}
if(data34.coordinatorOf !== undefined && func0.call(data34, "coordinatorOf")){
let data41 = data34.coordinatorOf;
if((typeof data41 !== "string") && (!((typeof data41 == "number") && (isFinite(data41))))){
const err88 = {instancePath:instancePath+"/slow/coordinatorOf",schemaPath:"#/properties/slow/properties/coordinatorOf/type",keyword:"type",params:{type: schema28.properties.slow.properties.coordinatorOf.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err88];
}
else {
vErrors.push(err88);
}
errors++;
}
if(typeof data41 === "string"){
if(func47(data41) > 1000){
const err89 = {instancePath:instancePath+"/slow/coordinatorOf",schemaPath:"#/properties/slow/properties/coordinatorOf/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err89];
}
else {
vErrors.push(err89);
}
errors++;
}
}
}
if(data34.brokersOf !== undefined && func0.call(data34, "brokersOf")){
let data42 = data34.brokersOf;
if((typeof data42 !== "string") && (!((typeof data42 == "number") && (isFinite(data42))))){
const err90 = {instancePath:instancePath+"/slow/brokersOf",schemaPath:"#/properties/slow/properties/brokersOf/type",keyword:"type",params:{type: schema28.properties.slow.properties.brokersOf.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err90];
}
else {
vErrors.push(err90);
}
errors++;
}
if(typeof data42 === "string"){
if(func47(data42) > 1000){
const err91 = {instancePath:instancePath+"/slow/brokersOf",schemaPath:"#/properties/slow/properties/brokersOf/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err91];
}
else {
vErrors.push(err91);
}
errors++;
}
}
}
if(data34.controllersOf !== undefined && func0.call(data34, "controllersOf")){
let data43 = data34.controllersOf;
if((typeof data43 !== "string") && (!((typeof data43 == "number") && (isFinite(data43))))){
const err92 = {instancePath:instancePath+"/slow/controllersOf",schemaPath:"#/properties/slow/properties/controllersOf/type",keyword:"type",params:{type: schema28.properties.slow.properties.controllersOf.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err92];
}
else {
vErrors.push(err92);
}
errors++;
}
if(typeof data43 === "string"){
if(func47(data43) > 1000){
const err93 = {instancePath:instancePath+"/slow/controllersOf",schemaPath:"#/properties/slow/properties/controllersOf/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err93];
}
else {
vErrors.push(err93);
}
errors++;
}
}
}
if(data34.zone !== undefined && func0.call(data34, "zone")){
let data44 = data34.zone;
if((typeof data44 !== "string") && (!((typeof data44 == "number") && (isFinite(data44))))){
const err94 = {instancePath:instancePath+"/slow/zone",schemaPath:"#/properties/slow/properties/zone/type",keyword:"type",params:{type: schema28.properties.slow.properties.zone.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err94];
}
else {
vErrors.push(err94);
}
errors++;
}
if(typeof data44 === "string"){
if(func47(data44) > 1000){
const err95 = {instancePath:instancePath+"/slow/zone",schemaPath:"#/properties/slow/properties/zone/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err95];
}
else {
vErrors.push(err95);
}
errors++;
}
}
}
if(data34.region !== undefined && func0.call(data34, "region")){
let data45 = data34.region;
if((typeof data45 !== "string") && (!((typeof data45 == "number") && (isFinite(data45))))){
const err96 = {instancePath:instancePath+"/slow/region",schemaPath:"#/properties/slow/properties/region/type",keyword:"type",params:{type: schema28.properties.slow.properties.region.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err96];
}
else {
vErrors.push(err96);
}
errors++;
}
if(typeof data45 === "string"){
if(func47(data45) > 1000){
const err97 = {instancePath:instancePath+"/slow/region",schemaPath:"#/properties/slow/properties/region/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err97];
}
else {
vErrors.push(err97);
}
errors++;
}
}
}
if(data34.client !== undefined && func0.call(data34, "client")){
let data46 = data34.client;
if((typeof data46 !== "string") && (!((typeof data46 == "number") && (isFinite(data46))))){
const err98 = {instancePath:instancePath+"/slow/client",schemaPath:"#/properties/slow/properties/client/type",keyword:"type",params:{type: schema28.properties.slow.properties.client.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err98];
}
else {
vErrors.push(err98);
}
errors++;
}
if(typeof data46 === "string"){
if(func47(data46) > 1000){
const err99 = {instancePath:instancePath+"/slow/client",schemaPath:"#/properties/slow/properties/client/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err99];
}
else {
vErrors.push(err99);
}
errors++;
}
}
}
if(data34.group !== undefined && func0.call(data34, "group")){
let data47 = data34.group;
if((typeof data47 !== "string") && (!((typeof data47 == "number") && (isFinite(data47))))){
const err100 = {instancePath:instancePath+"/slow/group",schemaPath:"#/properties/slow/properties/group/type",keyword:"type",params:{type: schema28.properties.slow.properties.group.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err100];
}
else {
vErrors.push(err100);
}
errors++;
}
if(typeof data47 === "string"){
if(func47(data47) > 1000){
const err101 = {instancePath:instancePath+"/slow/group",schemaPath:"#/properties/slow/properties/group/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err101];
}
else {
vErrors.push(err101);
}
errors++;
}
}
}
if(data34.anyOf !== undefined && func0.call(data34, "anyOf")){
if(!(validate25(data34.anyOf, {instancePath:instancePath+"/slow/anyOf",parentData:data34,parentDataProperty:"anyOf",rootData}))){
vErrors = vErrors === null ? validate25.errors : vErrors.concat(validate25.errors);
errors = vErrors.length;
}
}
if(data34.cluster !== undefined && func0.call(data34, "cluster")){
let data49 = data34.cluster;
if((typeof data49 !== "string") && (!((typeof data49 == "number") && (isFinite(data49))))){
const err102 = {instancePath:instancePath+"/slow/cluster",schemaPath:"#/properties/slow/properties/cluster/type",keyword:"type",params:{type: schema28.properties.slow.properties.cluster.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err102];
}
else {
vErrors.push(err102);
}
errors++;
}
if(typeof data49 === "string"){
if(func47(data49) > 1000){
const err103 = {instancePath:instancePath+"/slow/cluster",schemaPath:"#/properties/slow/properties/cluster/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err103];
}
else {
vErrors.push(err103);
}
errors++;
}
}
}
if(data34.disk !== undefined && func0.call(data34, "disk")){
let data50 = data34.disk;
if((typeof data50 !== "string") && (!((typeof data50 == "number") && (isFinite(data50))))){
const err104 = {instancePath:instancePath+"/slow/disk",schemaPath:"#/properties/slow/properties/disk/type",keyword:"type",params:{type: schema28.properties.slow.properties.disk.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err104];
}
else {
vErrors.push(err104);
}
errors++;
}
if(typeof data50 === "string"){
if(func47(data50) > 1000){
const err105 = {instancePath:instancePath+"/slow/disk",schemaPath:"#/properties/slow/properties/disk/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err105];
}
else {
vErrors.push(err105);
}
errors++;
}
}
}
if(data34.cpu !== undefined && func0.call(data34, "cpu")){
let data51 = data34.cpu;
if((typeof data51 !== "string") && (!((typeof data51 == "number") && (isFinite(data51))))){
const err106 = {instancePath:instancePath+"/slow/cpu",schemaPath:"#/properties/slow/properties/cpu/type",keyword:"type",params:{type: schema28.properties.slow.properties.cpu.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err106];
}
else {
vErrors.push(err106);
}
errors++;
}
if(typeof data51 === "string"){
if(func47(data51) > 1000){
const err107 = {instancePath:instancePath+"/slow/cpu",schemaPath:"#/properties/slow/properties/cpu/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err107];
}
else {
vErrors.push(err107);
}
errors++;
}
}
}
if(data34.network !== undefined && func0.call(data34, "network")){
let data52 = data34.network;
if((typeof data52 !== "string") && (!((typeof data52 == "number") && (isFinite(data52))))){
const err108 = {instancePath:instancePath+"/slow/network",schemaPath:"#/properties/slow/properties/network/type",keyword:"type",params:{type: schema28.properties.slow.properties.network.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err108];
}
else {
vErrors.push(err108);
}
errors++;
}
if(typeof data52 === "string"){
if(func47(data52) > 1000){
const err109 = {instancePath:instancePath+"/slow/network",schemaPath:"#/properties/slow/properties/network/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err109];
}
else {
vErrors.push(err109);
}
errors++;
}
}
}
}
else {
const err110 = {instancePath:instancePath+"/slow",schemaPath:"#/properties/slow/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err110];
}
else {
vErrors.push(err110);
}
errors++;
}
}
if(data.loseControllers !== undefined && func0.call(data, "loseControllers")){
let data53 = data.loseControllers;
if((!(((typeof data53 == "number") && (!(data53 % 1) && !isNaN(data53))) && (isFinite(data53)))) && (!(data53 && typeof data53 == "object" && !Array.isArray(data53)))){
const err111 = {instancePath:instancePath+"/loseControllers",schemaPath:"#/properties/loseControllers/type",keyword:"type",params:{type: schema28.properties.loseControllers.type},message:"must be integer,object"};
if(vErrors === null){
vErrors = [err111];
}
else {
vErrors.push(err111);
}
errors++;
}
if((typeof data53 == "number") && (isFinite(data53))){
if(data53 > 9 || isNaN(data53)){
const err112 = {instancePath:instancePath+"/loseControllers",schemaPath:"#/properties/loseControllers/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9},message:"must be <= 9"};
if(vErrors === null){
vErrors = [err112];
}
else {
vErrors.push(err112);
}
errors++;
}
if(data53 < 1 || isNaN(data53)){
const err113 = {instancePath:instancePath+"/loseControllers",schemaPath:"#/properties/loseControllers/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
if(vErrors === null){
vErrors = [err113];
}
else {
vErrors.push(err113);
}
errors++;
}
}
if(data53 && typeof data53 == "object" && !Array.isArray(data53)){
if((data53.count === undefined) || (!(func0.call(data53, "count")))){
const err114 = {instancePath:instancePath+"/loseControllers",schemaPath:"#/properties/loseControllers/required",keyword:"required",params:{missingProperty: "count"},message:"must have required property '"+"count"+"'"};
if(vErrors === null){
vErrors = [err114];
}
else {
vErrors.push(err114);
}
errors++;
}
for(const key6 of Object.keys(data53)){
if(!((key6 === "count") || (key6 === "cluster"))){
const err115 = {instancePath:instancePath+"/loseControllers",schemaPath:"#/properties/loseControllers/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key6},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err115];
}
else {
vErrors.push(err115);
}
errors++;
}
}
if(data53.count !== undefined && func0.call(data53, "count")){
let data54 = data53.count;
if(!(((typeof data54 == "number") && (!(data54 % 1) && !isNaN(data54))) && (isFinite(data54)))){
const err116 = {instancePath:instancePath+"/loseControllers/count",schemaPath:"#/properties/loseControllers/properties/count/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err116];
}
else {
vErrors.push(err116);
}
errors++;
}
if((typeof data54 == "number") && (isFinite(data54))){
if(data54 > 9 || isNaN(data54)){
const err117 = {instancePath:instancePath+"/loseControllers/count",schemaPath:"#/properties/loseControllers/properties/count/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9},message:"must be <= 9"};
if(vErrors === null){
vErrors = [err117];
}
else {
vErrors.push(err117);
}
errors++;
}
if(data54 < 1 || isNaN(data54)){
const err118 = {instancePath:instancePath+"/loseControllers/count",schemaPath:"#/properties/loseControllers/properties/count/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
if(vErrors === null){
vErrors = [err118];
}
else {
vErrors.push(err118);
}
errors++;
}
}
}
if(data53.cluster !== undefined && func0.call(data53, "cluster")){
let data55 = data53.cluster;
if((typeof data55 !== "string") && (!((typeof data55 == "number") && (isFinite(data55))))){
const err119 = {instancePath:instancePath+"/loseControllers/cluster",schemaPath:"#/properties/loseControllers/properties/cluster/type",keyword:"type",params:{type: schema28.properties.loseControllers.properties.cluster.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err119];
}
else {
vErrors.push(err119);
}
errors++;
}
if(typeof data55 === "string"){
if(func47(data55) > 1000){
const err120 = {instancePath:instancePath+"/loseControllers/cluster",schemaPath:"#/properties/loseControllers/properties/cluster/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err120];
}
else {
vErrors.push(err120);
}
errors++;
}
}
}
}
}
if(data.crashClient !== undefined && func0.call(data, "crashClient")){
if(!(validate25(data.crashClient, {instancePath:instancePath+"/crashClient",parentData:data,parentDataProperty:"crashClient",rootData}))){
vErrors = vErrors === null ? validate25.errors : vErrors.concat(validate25.errors);
errors = vErrors.length;
}
}
if(data.leaveGroup !== undefined && func0.call(data, "leaveGroup")){
if(!(validate25(data.leaveGroup, {instancePath:instancePath+"/leaveGroup",parentData:data,parentDataProperty:"leaveGroup",rootData}))){
vErrors = vErrors === null ? validate25.errors : vErrors.concat(validate25.errors);
errors = vErrors.length;
}
}
if(data.slowConsumer !== undefined && func0.call(data, "slowConsumer")){
let data58 = data.slowConsumer;
if(data58 && typeof data58 == "object" && !Array.isArray(data58)){
if((data58.perRecord === undefined) || (!(func0.call(data58, "perRecord")))){
const err121 = {instancePath:instancePath+"/slowConsumer",schemaPath:"#/properties/slowConsumer/required",keyword:"required",params:{missingProperty: "perRecord"},message:"must have required property '"+"perRecord"+"'"};
if(vErrors === null){
vErrors = [err121];
}
else {
vErrors.push(err121);
}
errors++;
}
for(const key7 of Object.keys(data58)){
if(!(((key7 === "client") || (key7 === "group")) || (key7 === "perRecord"))){
const err122 = {instancePath:instancePath+"/slowConsumer",schemaPath:"#/properties/slowConsumer/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key7},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err122];
}
else {
vErrors.push(err122);
}
errors++;
}
}
if(data58.client !== undefined && func0.call(data58, "client")){
let data59 = data58.client;
if((typeof data59 !== "string") && (!((typeof data59 == "number") && (isFinite(data59))))){
const err123 = {instancePath:instancePath+"/slowConsumer/client",schemaPath:"#/properties/slowConsumer/properties/client/type",keyword:"type",params:{type: schema28.properties.slowConsumer.properties.client.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err123];
}
else {
vErrors.push(err123);
}
errors++;
}
if(typeof data59 === "string"){
if(func47(data59) > 1000){
const err124 = {instancePath:instancePath+"/slowConsumer/client",schemaPath:"#/properties/slowConsumer/properties/client/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err124];
}
else {
vErrors.push(err124);
}
errors++;
}
}
}
if(data58.group !== undefined && func0.call(data58, "group")){
let data60 = data58.group;
if((typeof data60 !== "string") && (!((typeof data60 == "number") && (isFinite(data60))))){
const err125 = {instancePath:instancePath+"/slowConsumer/group",schemaPath:"#/properties/slowConsumer/properties/group/type",keyword:"type",params:{type: schema28.properties.slowConsumer.properties.group.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err125];
}
else {
vErrors.push(err125);
}
errors++;
}
if(typeof data60 === "string"){
if(func47(data60) > 1000){
const err126 = {instancePath:instancePath+"/slowConsumer/group",schemaPath:"#/properties/slowConsumer/properties/group/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err126];
}
else {
vErrors.push(err126);
}
errors++;
}
}
}
if(data58.perRecord !== undefined && func0.call(data58, "perRecord")){
let data61 = data58.perRecord;
if((typeof data61 !== "string") && (!((typeof data61 == "number") && (isFinite(data61))))){
const err127 = {instancePath:instancePath+"/slowConsumer/perRecord",schemaPath:"#/properties/slowConsumer/properties/perRecord/type",keyword:"type",params:{type: schema28.properties.slowConsumer.properties.perRecord.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err127];
}
else {
vErrors.push(err127);
}
errors++;
}
if(typeof data61 === "string"){
if(func47(data61) > 1000){
const err128 = {instancePath:instancePath+"/slowConsumer/perRecord",schemaPath:"#/properties/slowConsumer/properties/perRecord/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err128];
}
else {
vErrors.push(err128);
}
errors++;
}
}
}
}
else {
const err129 = {instancePath:instancePath+"/slowConsumer",schemaPath:"#/properties/slowConsumer/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err129];
}
else {
vErrors.push(err129);
}
errors++;
}
}
}
else {
const err130 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err130];
}
else {
vErrors.push(err130);
}
errors++;
}
validate24.errors = vErrors;
return errors === 0;
}


function validate10(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 of Object.keys(data)){
if(!(func0.call(schema11.properties, key0))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.name !== undefined && func0.call(data, "name")){
let data0 = data.name;
if((typeof data0 !== "string") && (!((typeof data0 == "number") && (isFinite(data0))))){
const err1 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/type",keyword:"type",params:{type: schema11.properties.name.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(typeof data0 === "string"){
if(func47(data0) > 1000){
const err2 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
}
if(data.description !== undefined && func0.call(data, "description")){
let data1 = data.description;
if((typeof data1 !== "string") && (!((typeof data1 == "number") && (isFinite(data1))))){
const err3 = {instancePath:instancePath+"/description",schemaPath:"#/properties/description/type",keyword:"type",params:{type: schema11.properties.description.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(typeof data1 === "string"){
if(func47(data1) > 20000){
const err4 = {instancePath:instancePath+"/description",schemaPath:"#/properties/description/maxLength",keyword:"maxLength",params:{limit: 20000},message:"must NOT have more than 20000 characters"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
}
if(data.tags !== undefined && func0.call(data, "tags")){
let data2 = data.tags;
if(Array.isArray(data2)){
if(data2.length > 500){
const err5 = {instancePath:instancePath+"/tags",schemaPath:"#/properties/tags/maxItems",keyword:"maxItems",params:{limit: 500},message:"must NOT have more than 500 items"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
let data3 = data2[i0];
if((typeof data3 !== "string") && (!((typeof data3 == "number") && (isFinite(data3))))){
const err6 = {instancePath:instancePath+"/tags/" + i0,schemaPath:"#/properties/tags/items/type",keyword:"type",params:{type: schema11.properties.tags.items.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
if(typeof data3 === "string"){
if(func47(data3) > 1000){
const err7 = {instancePath:instancePath+"/tags/" + i0,schemaPath:"#/properties/tags/items/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
}
}
else {
const err8 = {instancePath:instancePath+"/tags",schemaPath:"#/properties/tags/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.seed !== undefined && func0.call(data, "seed")){
let data4 = data.seed;
if((typeof data4 !== "string") && (!((typeof data4 == "number") && (isFinite(data4))))){
const err9 = {instancePath:instancePath+"/seed",schemaPath:"#/properties/seed/type",keyword:"type",params:{type: schema11.properties.seed.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if(typeof data4 === "string"){
if(func47(data4) > 1000){
const err10 = {instancePath:instancePath+"/seed",schemaPath:"#/properties/seed/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
}
if(data.duration !== undefined && func0.call(data, "duration")){
let data5 = data.duration;
if((typeof data5 !== "string") && (!((typeof data5 == "number") && (isFinite(data5))))){
const err11 = {instancePath:instancePath+"/duration",schemaPath:"#/properties/duration/type",keyword:"type",params:{type: schema11.properties.duration.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
if(typeof data5 === "string"){
if(func47(data5) > 1000){
const err12 = {instancePath:instancePath+"/duration",schemaPath:"#/properties/duration/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
}
if(data.warmup !== undefined && func0.call(data, "warmup")){
let data6 = data.warmup;
if((typeof data6 !== "string") && (!((typeof data6 == "number") && (isFinite(data6))))){
const err13 = {instancePath:instancePath+"/warmup",schemaPath:"#/properties/warmup/type",keyword:"type",params:{type: schema11.properties.warmup.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
if(typeof data6 === "string"){
if(func47(data6) > 1000){
const err14 = {instancePath:instancePath+"/warmup",schemaPath:"#/properties/warmup/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
}
if(data.extends !== undefined && func0.call(data, "extends")){
let data7 = data.extends;
if((!(Array.isArray(data7))) && (typeof data7 !== "string")){
const err15 = {instancePath:instancePath+"/extends",schemaPath:"#/properties/extends/type",keyword:"type",params:{type: schema11.properties.extends.type},message:"must be array,string"};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
if(typeof data7 === "string"){
if(func47(data7) > 1000){
const err16 = {instancePath:instancePath+"/extends",schemaPath:"#/properties/extends/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(Array.isArray(data7)){
if(data7.length > 20){
const err17 = {instancePath:instancePath+"/extends",schemaPath:"#/properties/extends/maxItems",keyword:"maxItems",params:{limit: 20},message:"must NOT have more than 20 items"};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
const len1 = data7.length;
for(let i1=0; i1<len1; i1++){
let data8 = data7[i1];
if((typeof data8 !== "string") && (!((typeof data8 == "number") && (isFinite(data8))))){
const err18 = {instancePath:instancePath+"/extends/" + i1,schemaPath:"#/properties/extends/items/type",keyword:"type",params:{type: schema11.properties.extends.items.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
if(typeof data8 === "string"){
if(func47(data8) > 1000){
const err19 = {instancePath:instancePath+"/extends/" + i1,schemaPath:"#/properties/extends/items/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
}
}
}
if(data.vars !== undefined && func0.call(data, "vars")){
let data9 = data.vars;
if(data9 && typeof data9 == "object" && !Array.isArray(data9)){
if(Object.keys(data9).length > 200){
const err20 = {instancePath:instancePath+"/vars",schemaPath:"#/properties/vars/maxProperties",keyword:"maxProperties",params:{limit: 200},message:"must NOT have more than 200 properties"};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
for(const key1 of Object.keys(data9)){
const _errs22 = errors;
if(typeof key1 === "string"){
if(!pattern0.test(key1)){
const err21 = {instancePath:instancePath+"/vars",schemaPath:"#/properties/vars/propertyNames/pattern",keyword:"pattern",params:{pattern: "^(?=\\S)(?!.*\\s$)[^\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029]{1,120}$"},message:"must match pattern \""+"^(?=\\S)(?!.*\\s$)[^\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029]{1,120}$"+"\"",propertyName:key1};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
var valid5 = _errs22 === errors;
if(!valid5){
const err22 = {instancePath:instancePath+"/vars",schemaPath:"#/properties/vars/propertyNames",keyword:"propertyNames",params:{propertyName: key1},message:"property name must be valid"};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
for(const key2 of Object.keys(data9)){
let data10 = data9[key2];
if((((typeof data10 != "object") && (typeof data10 !== "string")) && (!((typeof data10 == "number") && (isFinite(data10))))) && (typeof data10 !== "boolean")){
const err23 = {instancePath:instancePath+"/vars/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/vars/additionalProperties/type",keyword:"type",params:{type: schema11.properties.vars.additionalProperties.type},message:"must be string,number,boolean,null,array,object"};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
}
else {
const err24 = {instancePath:instancePath+"/vars",schemaPath:"#/properties/vars/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
if(data.regions !== undefined && func0.call(data, "regions")){
let data11 = data.regions;
if(data11 && typeof data11 == "object" && !Array.isArray(data11)){
if(Object.keys(data11).length > 200){
const err25 = {instancePath:instancePath+"/regions",schemaPath:"#/properties/regions/maxProperties",keyword:"maxProperties",params:{limit: 200},message:"must NOT have more than 200 properties"};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
for(const key3 of Object.keys(data11)){
const _errs28 = errors;
if(typeof key3 === "string"){
if(!pattern0.test(key3)){
const err26 = {instancePath:instancePath+"/regions",schemaPath:"#/properties/regions/propertyNames/pattern",keyword:"pattern",params:{pattern: "^(?=\\S)(?!.*\\s$)[^\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029]{1,120}$"},message:"must match pattern \""+"^(?=\\S)(?!.*\\s$)[^\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029]{1,120}$"+"\"",propertyName:key3};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
var valid7 = _errs28 === errors;
if(!valid7){
const err27 = {instancePath:instancePath+"/regions",schemaPath:"#/properties/regions/propertyNames",keyword:"propertyNames",params:{propertyName: key3},message:"property name must be valid"};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
for(const key4 of Object.keys(data11)){
let data12 = data11[key4];
if(data12 && typeof data12 == "object" && !Array.isArray(data12)){
for(const key5 of Object.keys(data12)){
if(!((key5 === "zones") || (key5 === "network"))){
const err28 = {instancePath:instancePath+"/regions/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/definitions/region/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key5},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
if(data12.zones !== undefined && func0.call(data12, "zones")){
let data13 = data12.zones;
if(Array.isArray(data13)){
if(data13.length > 500){
const err29 = {instancePath:instancePath+"/regions/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/zones",schemaPath:"#/definitions/region/properties/zones/maxItems",keyword:"maxItems",params:{limit: 500},message:"must NOT have more than 500 items"};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
const len2 = data13.length;
for(let i2=0; i2<len2; i2++){
let data14 = data13[i2];
if((typeof data14 !== "string") && (!((typeof data14 == "number") && (isFinite(data14))))){
const err30 = {instancePath:instancePath+"/regions/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/zones/" + i2,schemaPath:"#/definitions/region/properties/zones/items/type",keyword:"type",params:{type: schema12.properties.zones.items.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
if(typeof data14 === "string"){
if(func47(data14) > 1000){
const err31 = {instancePath:instancePath+"/regions/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/zones/" + i2,schemaPath:"#/definitions/region/properties/zones/items/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
}
}
else {
const err32 = {instancePath:instancePath+"/regions/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/zones",schemaPath:"#/definitions/region/properties/zones/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
if(data12.network !== undefined && func0.call(data12, "network")){
let data15 = data12.network;
if(data15 && typeof data15 == "object" && !Array.isArray(data15)){
for(const key6 of Object.keys(data15)){
if(!(((((key6 === "withinZone") || (key6 === "betweenZones")) || (key6 === "jitter")) || (key6 === "bandwidth")) || (key6 === "loss"))){
const err33 = {instancePath:instancePath+"/regions/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/network",schemaPath:"#/definitions/region/properties/network/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key6},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
}
if(data15.withinZone !== undefined && func0.call(data15, "withinZone")){
let data16 = data15.withinZone;
if((typeof data16 !== "string") && (!((typeof data16 == "number") && (isFinite(data16))))){
const err34 = {instancePath:instancePath+"/regions/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/network/withinZone",schemaPath:"#/definitions/region/properties/network/properties/withinZone/type",keyword:"type",params:{type: schema12.properties.network.properties.withinZone.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
if(typeof data16 === "string"){
if(func47(data16) > 1000){
const err35 = {instancePath:instancePath+"/regions/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/network/withinZone",schemaPath:"#/definitions/region/properties/network/properties/withinZone/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
}
}
if(data15.betweenZones !== undefined && func0.call(data15, "betweenZones")){
let data17 = data15.betweenZones;
if((typeof data17 !== "string") && (!((typeof data17 == "number") && (isFinite(data17))))){
const err36 = {instancePath:instancePath+"/regions/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/network/betweenZones",schemaPath:"#/definitions/region/properties/network/properties/betweenZones/type",keyword:"type",params:{type: schema12.properties.network.properties.betweenZones.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
if(typeof data17 === "string"){
if(func47(data17) > 1000){
const err37 = {instancePath:instancePath+"/regions/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/network/betweenZones",schemaPath:"#/definitions/region/properties/network/properties/betweenZones/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
}
}
if(data15.jitter !== undefined && func0.call(data15, "jitter")){
let data18 = data15.jitter;
if((typeof data18 !== "string") && (!((typeof data18 == "number") && (isFinite(data18))))){
const err38 = {instancePath:instancePath+"/regions/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/network/jitter",schemaPath:"#/definitions/region/properties/network/properties/jitter/type",keyword:"type",params:{type: schema12.properties.network.properties.jitter.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
if(typeof data18 === "string"){
if(func47(data18) > 1000){
const err39 = {instancePath:instancePath+"/regions/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/network/jitter",schemaPath:"#/definitions/region/properties/network/properties/jitter/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
}
}
if(data15.bandwidth !== undefined && func0.call(data15, "bandwidth")){
let data19 = data15.bandwidth;
if((typeof data19 !== "string") && (!((typeof data19 == "number") && (isFinite(data19))))){
const err40 = {instancePath:instancePath+"/regions/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/network/bandwidth",schemaPath:"#/definitions/region/properties/network/properties/bandwidth/type",keyword:"type",params:{type: schema12.properties.network.properties.bandwidth.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
if(typeof data19 === "string"){
if(func47(data19) > 1000){
const err41 = {instancePath:instancePath+"/regions/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/network/bandwidth",schemaPath:"#/definitions/region/properties/network/properties/bandwidth/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
}
}
if(data15.loss !== undefined && func0.call(data15, "loss")){
let data20 = data15.loss;
if((typeof data20 !== "string") && (!((typeof data20 == "number") && (isFinite(data20))))){
const err42 = {instancePath:instancePath+"/regions/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/network/loss",schemaPath:"#/definitions/region/properties/network/properties/loss/type",keyword:"type",params:{type: schema12.properties.network.properties.loss.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
if(typeof data20 === "string"){
if(func47(data20) > 1000){
const err43 = {instancePath:instancePath+"/regions/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/network/loss",schemaPath:"#/definitions/region/properties/network/properties/loss/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
}
}
}
else {
const err44 = {instancePath:instancePath+"/regions/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/network",schemaPath:"#/definitions/region/properties/network/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
}
}
else {
const err45 = {instancePath:instancePath+"/regions/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/definitions/region/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
}
}
else {
const err46 = {instancePath:instancePath+"/regions",schemaPath:"#/properties/regions/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
}
if(data.links !== undefined && func0.call(data, "links")){
let data21 = data.links;
if(Array.isArray(data21)){
if(data21.length > 500){
const err47 = {instancePath:instancePath+"/links",schemaPath:"#/properties/links/maxItems",keyword:"maxItems",params:{limit: 500},message:"must NOT have more than 500 items"};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
const len3 = data21.length;
for(let i3=0; i3<len3; i3++){
let data22 = data21[i3];
if(data22 && typeof data22 == "object" && !Array.isArray(data22)){
if((data22.between === undefined) || (!(func0.call(data22, "between")))){
const err48 = {instancePath:instancePath+"/links/" + i3,schemaPath:"#/definitions/link/required",keyword:"required",params:{missingProperty: "between"},message:"must have required property '"+"between"+"'"};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
if((data22.latency === undefined) || (!(func0.call(data22, "latency")))){
const err49 = {instancePath:instancePath+"/links/" + i3,schemaPath:"#/definitions/link/required",keyword:"required",params:{missingProperty: "latency"},message:"must have required property '"+"latency"+"'"};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
for(const key7 of Object.keys(data22)){
if(!(((((key7 === "between") || (key7 === "latency")) || (key7 === "jitter")) || (key7 === "bandwidth")) || (key7 === "loss"))){
const err50 = {instancePath:instancePath+"/links/" + i3,schemaPath:"#/definitions/link/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key7},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err50];
}
else {
vErrors.push(err50);
}
errors++;
}
}
if(data22.between !== undefined && func0.call(data22, "between")){
let data23 = data22.between;
if(Array.isArray(data23)){
if(data23.length > 500){
const err51 = {instancePath:instancePath+"/links/" + i3+"/between",schemaPath:"#/definitions/link/properties/between/maxItems",keyword:"maxItems",params:{limit: 500},message:"must NOT have more than 500 items"};
if(vErrors === null){
vErrors = [err51];
}
else {
vErrors.push(err51);
}
errors++;
}
const len4 = data23.length;
for(let i4=0; i4<len4; i4++){
let data24 = data23[i4];
if((typeof data24 !== "string") && (!((typeof data24 == "number") && (isFinite(data24))))){
const err52 = {instancePath:instancePath+"/links/" + i3+"/between/" + i4,schemaPath:"#/definitions/link/properties/between/items/type",keyword:"type",params:{type: schema13.properties.between.items.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err52];
}
else {
vErrors.push(err52);
}
errors++;
}
if(typeof data24 === "string"){
if(func47(data24) > 1000){
const err53 = {instancePath:instancePath+"/links/" + i3+"/between/" + i4,schemaPath:"#/definitions/link/properties/between/items/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err53];
}
else {
vErrors.push(err53);
}
errors++;
}
}
}
}
else {
const err54 = {instancePath:instancePath+"/links/" + i3+"/between",schemaPath:"#/definitions/link/properties/between/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err54];
}
else {
vErrors.push(err54);
}
errors++;
}
}
if(data22.latency !== undefined && func0.call(data22, "latency")){
let data25 = data22.latency;
if((typeof data25 !== "string") && (!((typeof data25 == "number") && (isFinite(data25))))){
const err55 = {instancePath:instancePath+"/links/" + i3+"/latency",schemaPath:"#/definitions/link/properties/latency/type",keyword:"type",params:{type: schema13.properties.latency.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err55];
}
else {
vErrors.push(err55);
}
errors++;
}
if(typeof data25 === "string"){
if(func47(data25) > 1000){
const err56 = {instancePath:instancePath+"/links/" + i3+"/latency",schemaPath:"#/definitions/link/properties/latency/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err56];
}
else {
vErrors.push(err56);
}
errors++;
}
}
}
if(data22.jitter !== undefined && func0.call(data22, "jitter")){
let data26 = data22.jitter;
if((typeof data26 !== "string") && (!((typeof data26 == "number") && (isFinite(data26))))){
const err57 = {instancePath:instancePath+"/links/" + i3+"/jitter",schemaPath:"#/definitions/link/properties/jitter/type",keyword:"type",params:{type: schema13.properties.jitter.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err57];
}
else {
vErrors.push(err57);
}
errors++;
}
if(typeof data26 === "string"){
if(func47(data26) > 1000){
const err58 = {instancePath:instancePath+"/links/" + i3+"/jitter",schemaPath:"#/definitions/link/properties/jitter/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err58];
}
else {
vErrors.push(err58);
}
errors++;
}
}
}
if(data22.bandwidth !== undefined && func0.call(data22, "bandwidth")){
let data27 = data22.bandwidth;
if((typeof data27 !== "string") && (!((typeof data27 == "number") && (isFinite(data27))))){
const err59 = {instancePath:instancePath+"/links/" + i3+"/bandwidth",schemaPath:"#/definitions/link/properties/bandwidth/type",keyword:"type",params:{type: schema13.properties.bandwidth.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err59];
}
else {
vErrors.push(err59);
}
errors++;
}
if(typeof data27 === "string"){
if(func47(data27) > 1000){
const err60 = {instancePath:instancePath+"/links/" + i3+"/bandwidth",schemaPath:"#/definitions/link/properties/bandwidth/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err60];
}
else {
vErrors.push(err60);
}
errors++;
}
}
}
if(data22.loss !== undefined && func0.call(data22, "loss")){
let data28 = data22.loss;
if((typeof data28 !== "string") && (!((typeof data28 == "number") && (isFinite(data28))))){
const err61 = {instancePath:instancePath+"/links/" + i3+"/loss",schemaPath:"#/definitions/link/properties/loss/type",keyword:"type",params:{type: schema13.properties.loss.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err61];
}
else {
vErrors.push(err61);
}
errors++;
}
if(typeof data28 === "string"){
if(func47(data28) > 1000){
const err62 = {instancePath:instancePath+"/links/" + i3+"/loss",schemaPath:"#/definitions/link/properties/loss/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err62];
}
else {
vErrors.push(err62);
}
errors++;
}
}
}
}
else {
const err63 = {instancePath:instancePath+"/links/" + i3,schemaPath:"#/definitions/link/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err63];
}
else {
vErrors.push(err63);
}
errors++;
}
}
}
else {
const err64 = {instancePath:instancePath+"/links",schemaPath:"#/properties/links/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err64];
}
else {
vErrors.push(err64);
}
errors++;
}
}
if(data.clusters !== undefined && func0.call(data, "clusters")){
let data29 = data.clusters;
if(data29 && typeof data29 == "object" && !Array.isArray(data29)){
if(Object.keys(data29).length > 20){
const err65 = {instancePath:instancePath+"/clusters",schemaPath:"#/properties/clusters/maxProperties",keyword:"maxProperties",params:{limit: 20},message:"must NOT have more than 20 properties"};
if(vErrors === null){
vErrors = [err65];
}
else {
vErrors.push(err65);
}
errors++;
}
for(const key8 of Object.keys(data29)){
const _errs73 = errors;
if(typeof key8 === "string"){
if(!pattern0.test(key8)){
const err66 = {instancePath:instancePath+"/clusters",schemaPath:"#/properties/clusters/propertyNames/pattern",keyword:"pattern",params:{pattern: "^(?=\\S)(?!.*\\s$)[^\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029]{1,120}$"},message:"must match pattern \""+"^(?=\\S)(?!.*\\s$)[^\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029]{1,120}$"+"\"",propertyName:key8};
if(vErrors === null){
vErrors = [err66];
}
else {
vErrors.push(err66);
}
errors++;
}
}
var valid22 = _errs73 === errors;
if(!valid22){
const err67 = {instancePath:instancePath+"/clusters",schemaPath:"#/properties/clusters/propertyNames",keyword:"propertyNames",params:{propertyName: key8},message:"property name must be valid"};
if(vErrors === null){
vErrors = [err67];
}
else {
vErrors.push(err67);
}
errors++;
}
}
for(const key9 of Object.keys(data29)){
if(!(validate11(data29[key9], {instancePath:instancePath+"/clusters/" + key9.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data29,parentDataProperty:key9,rootData}))){
vErrors = vErrors === null ? validate11.errors : vErrors.concat(validate11.errors);
errors = vErrors.length;
}
}
}
else {
const err68 = {instancePath:instancePath+"/clusters",schemaPath:"#/properties/clusters/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err68];
}
else {
vErrors.push(err68);
}
errors++;
}
}
if(data.cluster !== undefined && func0.call(data, "cluster")){
if(!(validate11(data.cluster, {instancePath:instancePath+"/cluster",parentData:data,parentDataProperty:"cluster",rootData}))){
vErrors = vErrors === null ? validate11.errors : vErrors.concat(validate11.errors);
errors = vErrors.length;
}
}
if(data.region !== undefined && func0.call(data, "region")){
let data32 = data.region;
if((typeof data32 !== "string") && (!((typeof data32 == "number") && (isFinite(data32))))){
const err69 = {instancePath:instancePath+"/region",schemaPath:"#/properties/region/type",keyword:"type",params:{type: schema11.properties.region.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err69];
}
else {
vErrors.push(err69);
}
errors++;
}
if(typeof data32 === "string"){
if(func47(data32) > 1000){
const err70 = {instancePath:instancePath+"/region",schemaPath:"#/properties/region/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err70];
}
else {
vErrors.push(err70);
}
errors++;
}
}
}
if(data.kafka !== undefined && func0.call(data, "kafka")){
let data33 = data.kafka;
if((typeof data33 !== "string") && (!((typeof data33 == "number") && (isFinite(data33))))){
const err71 = {instancePath:instancePath+"/kafka",schemaPath:"#/properties/kafka/type",keyword:"type",params:{type: schema11.properties.kafka.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err71];
}
else {
vErrors.push(err71);
}
errors++;
}
if(typeof data33 === "string"){
if(func47(data33) > 20){
const err72 = {instancePath:instancePath+"/kafka",schemaPath:"#/properties/kafka/maxLength",keyword:"maxLength",params:{limit: 20},message:"must NOT have more than 20 characters"};
if(vErrors === null){
vErrors = [err72];
}
else {
vErrors.push(err72);
}
errors++;
}
}
}
if(data.coordination !== undefined && func0.call(data, "coordination")){
let data34 = data.coordination;
if((typeof data34 !== "string") && (!(data34 && typeof data34 == "object" && !Array.isArray(data34)))){
const err73 = {instancePath:instancePath+"/coordination",schemaPath:"#/properties/coordination/type",keyword:"type",params:{type: schema11.properties.coordination.type},message:"must be string,object"};
if(vErrors === null){
vErrors = [err73];
}
else {
vErrors.push(err73);
}
errors++;
}
if(data34 && typeof data34 == "object" && !Array.isArray(data34)){
for(const key10 of Object.keys(data34)){
if(!(key10 === "zookeeper")){
const err74 = {instancePath:instancePath+"/coordination",schemaPath:"#/properties/coordination/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key10},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err74];
}
else {
vErrors.push(err74);
}
errors++;
}
}
if(data34.zookeeper !== undefined && func0.call(data34, "zookeeper")){
let data35 = data34.zookeeper;
if(data35 && typeof data35 == "object" && !Array.isArray(data35)){
for(const key11 of Object.keys(data35)){
if(!(key11 === "ensemble")){
const err75 = {instancePath:instancePath+"/coordination/zookeeper",schemaPath:"#/properties/coordination/properties/zookeeper/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key11},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err75];
}
else {
vErrors.push(err75);
}
errors++;
}
}
if(data35.ensemble !== undefined && func0.call(data35, "ensemble")){
let data36 = data35.ensemble;
if(!(((typeof data36 == "number") && (!(data36 % 1) && !isNaN(data36))) && (isFinite(data36)))){
const err76 = {instancePath:instancePath+"/coordination/zookeeper/ensemble",schemaPath:"#/properties/coordination/properties/zookeeper/properties/ensemble/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err76];
}
else {
vErrors.push(err76);
}
errors++;
}
if((typeof data36 == "number") && (isFinite(data36))){
if(data36 > 9 || isNaN(data36)){
const err77 = {instancePath:instancePath+"/coordination/zookeeper/ensemble",schemaPath:"#/properties/coordination/properties/zookeeper/properties/ensemble/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9},message:"must be <= 9"};
if(vErrors === null){
vErrors = [err77];
}
else {
vErrors.push(err77);
}
errors++;
}
if(data36 < 1 || isNaN(data36)){
const err78 = {instancePath:instancePath+"/coordination/zookeeper/ensemble",schemaPath:"#/properties/coordination/properties/zookeeper/properties/ensemble/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
if(vErrors === null){
vErrors = [err78];
}
else {
vErrors.push(err78);
}
errors++;
}
}
}
}
else {
const err79 = {instancePath:instancePath+"/coordination/zookeeper",schemaPath:"#/properties/coordination/properties/zookeeper/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err79];
}
else {
vErrors.push(err79);
}
errors++;
}
}
}
}
if(data.controllers !== undefined && func0.call(data, "controllers")){
if(!(validate12(data.controllers, {instancePath:instancePath+"/controllers",parentData:data,parentDataProperty:"controllers",rootData}))){
vErrors = vErrors === null ? validate12.errors : vErrors.concat(validate12.errors);
errors = vErrors.length;
}
}
if(data.brokers !== undefined && func0.call(data, "brokers")){
if(!(validate14(data.brokers, {instancePath:instancePath+"/brokers",parentData:data,parentDataProperty:"brokers",rootData}))){
vErrors = vErrors === null ? validate14.errors : vErrors.concat(validate14.errors);
errors = vErrors.length;
}
}
if(data.config !== undefined && func0.call(data, "config")){
let data39 = data.config;
if(data39 && typeof data39 == "object" && !Array.isArray(data39)){
if(Object.keys(data39).length > 500){
const err80 = {instancePath:instancePath+"/config",schemaPath:"#/properties/config/maxProperties",keyword:"maxProperties",params:{limit: 500},message:"must NOT have more than 500 properties"};
if(vErrors === null){
vErrors = [err80];
}
else {
vErrors.push(err80);
}
errors++;
}
for(const key12 of Object.keys(data39)){
let data40 = data39[key12];
if(((((typeof data40 !== "string") && (!((typeof data40 == "number") && (isFinite(data40))))) && (typeof data40 !== "boolean")) && (data40 !== null)) && (!(Array.isArray(data40)))){
const err81 = {instancePath:instancePath+"/config/" + key12.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/config/additionalProperties/type",keyword:"type",params:{type: schema11.properties.config.additionalProperties.type},message:"must be string,number,boolean,null,array"};
if(vErrors === null){
vErrors = [err81];
}
else {
vErrors.push(err81);
}
errors++;
}
if(Array.isArray(data40)){
if(data40.length > 100){
const err82 = {instancePath:instancePath+"/config/" + key12.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/config/additionalProperties/maxItems",keyword:"maxItems",params:{limit: 100},message:"must NOT have more than 100 items"};
if(vErrors === null){
vErrors = [err82];
}
else {
vErrors.push(err82);
}
errors++;
}
const len5 = data40.length;
for(let i5=0; i5<len5; i5++){
let data41 = data40[i5];
if(((typeof data41 !== "string") && (!((typeof data41 == "number") && (isFinite(data41))))) && (typeof data41 !== "boolean")){
const err83 = {instancePath:instancePath+"/config/" + key12.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i5,schemaPath:"#/properties/config/additionalProperties/items/type",keyword:"type",params:{type: schema11.properties.config.additionalProperties.items.type},message:"must be string,number,boolean"};
if(vErrors === null){
vErrors = [err83];
}
else {
vErrors.push(err83);
}
errors++;
}
}
}
}
}
else {
const err84 = {instancePath:instancePath+"/config",schemaPath:"#/properties/config/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err84];
}
else {
vErrors.push(err84);
}
errors++;
}
}
if(data.eligibleLeaderReplicas !== undefined && func0.call(data, "eligibleLeaderReplicas")){
if(typeof data.eligibleLeaderReplicas !== "boolean"){
const err85 = {instancePath:instancePath+"/eligibleLeaderReplicas",schemaPath:"#/properties/eligibleLeaderReplicas/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err85];
}
else {
vErrors.push(err85);
}
errors++;
}
}
if(data.topics !== undefined && func0.call(data, "topics")){
let data43 = data.topics;
if(data43 && typeof data43 == "object" && !Array.isArray(data43)){
if(Object.keys(data43).length > 2000){
const err86 = {instancePath:instancePath+"/topics",schemaPath:"#/properties/topics/maxProperties",keyword:"maxProperties",params:{limit: 2000},message:"must NOT have more than 2000 properties"};
if(vErrors === null){
vErrors = [err86];
}
else {
vErrors.push(err86);
}
errors++;
}
for(const key13 of Object.keys(data43)){
const _errs106 = errors;
if(typeof key13 === "string"){
if(!pattern3.test(key13)){
const err87 = {instancePath:instancePath+"/topics",schemaPath:"#/properties/topics/propertyNames/pattern",keyword:"pattern",params:{pattern: "^(?!\\.{1,2}$)[a-zA-Z0-9._-]{1,249}$"},message:"must match pattern \""+"^(?!\\.{1,2}$)[a-zA-Z0-9._-]{1,249}$"+"\"",propertyName:key13};
if(vErrors === null){
vErrors = [err87];
}
else {
vErrors.push(err87);
}
errors++;
}
}
var valid33 = _errs106 === errors;
if(!valid33){
const err88 = {instancePath:instancePath+"/topics",schemaPath:"#/properties/topics/propertyNames",keyword:"propertyNames",params:{propertyName: key13},message:"property name must be valid"};
if(vErrors === null){
vErrors = [err88];
}
else {
vErrors.push(err88);
}
errors++;
}
}
for(const key14 of Object.keys(data43)){
let data44 = data43[key14];
if((!(data44 && typeof data44 == "object" && !Array.isArray(data44))) && (data44 !== null)){
const err89 = {instancePath:instancePath+"/topics/" + key14.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/definitions/topic/type",keyword:"type",params:{type: schema20.type},message:"must be object,null"};
if(vErrors === null){
vErrors = [err89];
}
else {
vErrors.push(err89);
}
errors++;
}
if(data44 && typeof data44 == "object" && !Array.isArray(data44)){
for(const key15 of Object.keys(data44)){
if(!((((key15 === "partitions") || (key15 === "replicationFactor")) || (key15 === "replicas")) || (key15 === "config"))){
const err90 = {instancePath:instancePath+"/topics/" + key14.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/definitions/topic/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key15},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err90];
}
else {
vErrors.push(err90);
}
errors++;
}
}
if(data44.partitions !== undefined && func0.call(data44, "partitions")){
let data45 = data44.partitions;
if(!(((typeof data45 == "number") && (!(data45 % 1) && !isNaN(data45))) && (isFinite(data45)))){
const err91 = {instancePath:instancePath+"/topics/" + key14.replace(/~/g, "~0").replace(/\//g, "~1")+"/partitions",schemaPath:"#/definitions/topic/properties/partitions/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err91];
}
else {
vErrors.push(err91);
}
errors++;
}
if((typeof data45 == "number") && (isFinite(data45))){
if(data45 > 10000 || isNaN(data45)){
const err92 = {instancePath:instancePath+"/topics/" + key14.replace(/~/g, "~0").replace(/\//g, "~1")+"/partitions",schemaPath:"#/definitions/topic/properties/partitions/maximum",keyword:"maximum",params:{comparison: "<=", limit: 10000},message:"must be <= 10000"};
if(vErrors === null){
vErrors = [err92];
}
else {
vErrors.push(err92);
}
errors++;
}
if(data45 < 1 || isNaN(data45)){
const err93 = {instancePath:instancePath+"/topics/" + key14.replace(/~/g, "~0").replace(/\//g, "~1")+"/partitions",schemaPath:"#/definitions/topic/properties/partitions/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
if(vErrors === null){
vErrors = [err93];
}
else {
vErrors.push(err93);
}
errors++;
}
}
}
if(data44.replicationFactor !== undefined && func0.call(data44, "replicationFactor")){
let data46 = data44.replicationFactor;
if(!(((typeof data46 == "number") && (!(data46 % 1) && !isNaN(data46))) && (isFinite(data46)))){
const err94 = {instancePath:instancePath+"/topics/" + key14.replace(/~/g, "~0").replace(/\//g, "~1")+"/replicationFactor",schemaPath:"#/definitions/topic/properties/replicationFactor/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err94];
}
else {
vErrors.push(err94);
}
errors++;
}
if((typeof data46 == "number") && (isFinite(data46))){
if(data46 > 200 || isNaN(data46)){
const err95 = {instancePath:instancePath+"/topics/" + key14.replace(/~/g, "~0").replace(/\//g, "~1")+"/replicationFactor",schemaPath:"#/definitions/topic/properties/replicationFactor/maximum",keyword:"maximum",params:{comparison: "<=", limit: 200},message:"must be <= 200"};
if(vErrors === null){
vErrors = [err95];
}
else {
vErrors.push(err95);
}
errors++;
}
if(data46 < 1 || isNaN(data46)){
const err96 = {instancePath:instancePath+"/topics/" + key14.replace(/~/g, "~0").replace(/\//g, "~1")+"/replicationFactor",schemaPath:"#/definitions/topic/properties/replicationFactor/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
if(vErrors === null){
vErrors = [err96];
}
else {
vErrors.push(err96);
}
errors++;
}
}
}
if(data44.replicas !== undefined && func0.call(data44, "replicas")){
let data47 = data44.replicas;
if(data47 && typeof data47 == "object" && !Array.isArray(data47)){
if(Object.keys(data47).length > 10000){
const err97 = {instancePath:instancePath+"/topics/" + key14.replace(/~/g, "~0").replace(/\//g, "~1")+"/replicas",schemaPath:"#/definitions/topic/properties/replicas/maxProperties",keyword:"maxProperties",params:{limit: 10000},message:"must NOT have more than 10000 properties"};
if(vErrors === null){
vErrors = [err97];
}
else {
vErrors.push(err97);
}
errors++;
}
for(const key16 of Object.keys(data47)){
const _errs119 = errors;
if(typeof key16 === "string"){
if(!pattern4.test(key16)){
const err98 = {instancePath:instancePath+"/topics/" + key14.replace(/~/g, "~0").replace(/\//g, "~1")+"/replicas",schemaPath:"#/definitions/topic/properties/replicas/propertyNames/pattern",keyword:"pattern",params:{pattern: "^(0|[1-9][0-9]{0,5})$"},message:"must match pattern \""+"^(0|[1-9][0-9]{0,5})$"+"\"",propertyName:key16};
if(vErrors === null){
vErrors = [err98];
}
else {
vErrors.push(err98);
}
errors++;
}
}
var valid38 = _errs119 === errors;
if(!valid38){
const err99 = {instancePath:instancePath+"/topics/" + key14.replace(/~/g, "~0").replace(/\//g, "~1")+"/replicas",schemaPath:"#/definitions/topic/properties/replicas/propertyNames",keyword:"propertyNames",params:{propertyName: key16},message:"property name must be valid"};
if(vErrors === null){
vErrors = [err99];
}
else {
vErrors.push(err99);
}
errors++;
}
}
for(const key17 of Object.keys(data47)){
let data48 = data47[key17];
if(Array.isArray(data48)){
if(data48.length > 500){
const err100 = {instancePath:instancePath+"/topics/" + key14.replace(/~/g, "~0").replace(/\//g, "~1")+"/replicas/" + key17.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/definitions/topic/properties/replicas/additionalProperties/maxItems",keyword:"maxItems",params:{limit: 500},message:"must NOT have more than 500 items"};
if(vErrors === null){
vErrors = [err100];
}
else {
vErrors.push(err100);
}
errors++;
}
if(data48.length < 1){
const err101 = {instancePath:instancePath+"/topics/" + key14.replace(/~/g, "~0").replace(/\//g, "~1")+"/replicas/" + key17.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/definitions/topic/properties/replicas/additionalProperties/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err101];
}
else {
vErrors.push(err101);
}
errors++;
}
const len6 = data48.length;
for(let i6=0; i6<len6; i6++){
let data49 = data48[i6];
if(!(((typeof data49 == "number") && (!(data49 % 1) && !isNaN(data49))) && (isFinite(data49)))){
const err102 = {instancePath:instancePath+"/topics/" + key14.replace(/~/g, "~0").replace(/\//g, "~1")+"/replicas/" + key17.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i6,schemaPath:"#/definitions/topic/properties/replicas/additionalProperties/items/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err102];
}
else {
vErrors.push(err102);
}
errors++;
}
if((typeof data49 == "number") && (isFinite(data49))){
if(data49 > 1000000 || isNaN(data49)){
const err103 = {instancePath:instancePath+"/topics/" + key14.replace(/~/g, "~0").replace(/\//g, "~1")+"/replicas/" + key17.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i6,schemaPath:"#/definitions/topic/properties/replicas/additionalProperties/items/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000},message:"must be <= 1000000"};
if(vErrors === null){
vErrors = [err103];
}
else {
vErrors.push(err103);
}
errors++;
}
if(data49 < 1 || isNaN(data49)){
const err104 = {instancePath:instancePath+"/topics/" + key14.replace(/~/g, "~0").replace(/\//g, "~1")+"/replicas/" + key17.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i6,schemaPath:"#/definitions/topic/properties/replicas/additionalProperties/items/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
if(vErrors === null){
vErrors = [err104];
}
else {
vErrors.push(err104);
}
errors++;
}
}
}
}
else {
const err105 = {instancePath:instancePath+"/topics/" + key14.replace(/~/g, "~0").replace(/\//g, "~1")+"/replicas/" + key17.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/definitions/topic/properties/replicas/additionalProperties/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err105];
}
else {
vErrors.push(err105);
}
errors++;
}
}
}
else {
const err106 = {instancePath:instancePath+"/topics/" + key14.replace(/~/g, "~0").replace(/\//g, "~1")+"/replicas",schemaPath:"#/definitions/topic/properties/replicas/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err106];
}
else {
vErrors.push(err106);
}
errors++;
}
}
if(data44.config !== undefined && func0.call(data44, "config")){
let data50 = data44.config;
if(data50 && typeof data50 == "object" && !Array.isArray(data50)){
if(Object.keys(data50).length > 500){
const err107 = {instancePath:instancePath+"/topics/" + key14.replace(/~/g, "~0").replace(/\//g, "~1")+"/config",schemaPath:"#/definitions/topic/properties/config/maxProperties",keyword:"maxProperties",params:{limit: 500},message:"must NOT have more than 500 properties"};
if(vErrors === null){
vErrors = [err107];
}
else {
vErrors.push(err107);
}
errors++;
}
for(const key18 of Object.keys(data50)){
let data51 = data50[key18];
if(((((typeof data51 !== "string") && (!((typeof data51 == "number") && (isFinite(data51))))) && (typeof data51 !== "boolean")) && (data51 !== null)) && (!(Array.isArray(data51)))){
const err108 = {instancePath:instancePath+"/topics/" + key14.replace(/~/g, "~0").replace(/\//g, "~1")+"/config/" + key18.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/definitions/topic/properties/config/additionalProperties/type",keyword:"type",params:{type: schema20.properties.config.additionalProperties.type},message:"must be string,number,boolean,null,array"};
if(vErrors === null){
vErrors = [err108];
}
else {
vErrors.push(err108);
}
errors++;
}
if(Array.isArray(data51)){
if(data51.length > 100){
const err109 = {instancePath:instancePath+"/topics/" + key14.replace(/~/g, "~0").replace(/\//g, "~1")+"/config/" + key18.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/definitions/topic/properties/config/additionalProperties/maxItems",keyword:"maxItems",params:{limit: 100},message:"must NOT have more than 100 items"};
if(vErrors === null){
vErrors = [err109];
}
else {
vErrors.push(err109);
}
errors++;
}
const len7 = data51.length;
for(let i7=0; i7<len7; i7++){
let data52 = data51[i7];
if(((typeof data52 !== "string") && (!((typeof data52 == "number") && (isFinite(data52))))) && (typeof data52 !== "boolean")){
const err110 = {instancePath:instancePath+"/topics/" + key14.replace(/~/g, "~0").replace(/\//g, "~1")+"/config/" + key18.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i7,schemaPath:"#/definitions/topic/properties/config/additionalProperties/items/type",keyword:"type",params:{type: schema20.properties.config.additionalProperties.items.type},message:"must be string,number,boolean"};
if(vErrors === null){
vErrors = [err110];
}
else {
vErrors.push(err110);
}
errors++;
}
}
}
}
}
else {
const err111 = {instancePath:instancePath+"/topics/" + key14.replace(/~/g, "~0").replace(/\//g, "~1")+"/config",schemaPath:"#/definitions/topic/properties/config/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err111];
}
else {
vErrors.push(err111);
}
errors++;
}
}
}
}
}
else {
const err112 = {instancePath:instancePath+"/topics",schemaPath:"#/properties/topics/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err112];
}
else {
vErrors.push(err112);
}
errors++;
}
}
if(data.producers !== undefined && func0.call(data, "producers")){
let data53 = data.producers;
if(data53 && typeof data53 == "object" && !Array.isArray(data53)){
if(Object.keys(data53).length > 200){
const err113 = {instancePath:instancePath+"/producers",schemaPath:"#/properties/producers/maxProperties",keyword:"maxProperties",params:{limit: 200},message:"must NOT have more than 200 properties"};
if(vErrors === null){
vErrors = [err113];
}
else {
vErrors.push(err113);
}
errors++;
}
for(const key19 of Object.keys(data53)){
const _errs134 = errors;
if(typeof key19 === "string"){
if(!pattern0.test(key19)){
const err114 = {instancePath:instancePath+"/producers",schemaPath:"#/properties/producers/propertyNames/pattern",keyword:"pattern",params:{pattern: "^(?=\\S)(?!.*\\s$)[^\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029]{1,120}$"},message:"must match pattern \""+"^(?=\\S)(?!.*\\s$)[^\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029]{1,120}$"+"\"",propertyName:key19};
if(vErrors === null){
vErrors = [err114];
}
else {
vErrors.push(err114);
}
errors++;
}
}
var valid45 = _errs134 === errors;
if(!valid45){
const err115 = {instancePath:instancePath+"/producers",schemaPath:"#/properties/producers/propertyNames",keyword:"propertyNames",params:{propertyName: key19},message:"property name must be valid"};
if(vErrors === null){
vErrors = [err115];
}
else {
vErrors.push(err115);
}
errors++;
}
}
for(const key20 of Object.keys(data53)){
if(!(validate20(data53[key20], {instancePath:instancePath+"/producers/" + key20.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data53,parentDataProperty:key20,rootData}))){
vErrors = vErrors === null ? validate20.errors : vErrors.concat(validate20.errors);
errors = vErrors.length;
}
}
}
else {
const err116 = {instancePath:instancePath+"/producers",schemaPath:"#/properties/producers/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err116];
}
else {
vErrors.push(err116);
}
errors++;
}
}
if(data.consumers !== undefined && func0.call(data, "consumers")){
let data55 = data.consumers;
if(data55 && typeof data55 == "object" && !Array.isArray(data55)){
if(Object.keys(data55).length > 200){
const err117 = {instancePath:instancePath+"/consumers",schemaPath:"#/properties/consumers/maxProperties",keyword:"maxProperties",params:{limit: 200},message:"must NOT have more than 200 properties"};
if(vErrors === null){
vErrors = [err117];
}
else {
vErrors.push(err117);
}
errors++;
}
for(const key21 of Object.keys(data55)){
const _errs140 = errors;
if(typeof key21 === "string"){
if(!pattern0.test(key21)){
const err118 = {instancePath:instancePath+"/consumers",schemaPath:"#/properties/consumers/propertyNames/pattern",keyword:"pattern",params:{pattern: "^(?=\\S)(?!.*\\s$)[^\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029]{1,120}$"},message:"must match pattern \""+"^(?=\\S)(?!.*\\s$)[^\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029]{1,120}$"+"\"",propertyName:key21};
if(vErrors === null){
vErrors = [err118];
}
else {
vErrors.push(err118);
}
errors++;
}
}
var valid48 = _errs140 === errors;
if(!valid48){
const err119 = {instancePath:instancePath+"/consumers",schemaPath:"#/properties/consumers/propertyNames",keyword:"propertyNames",params:{propertyName: key21},message:"property name must be valid"};
if(vErrors === null){
vErrors = [err119];
}
else {
vErrors.push(err119);
}
errors++;
}
}
for(const key22 of Object.keys(data55)){
if(!(validate22(data55[key22], {instancePath:instancePath+"/consumers/" + key22.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data55,parentDataProperty:key22,rootData}))){
vErrors = vErrors === null ? validate22.errors : vErrors.concat(validate22.errors);
errors = vErrors.length;
}
}
}
else {
const err120 = {instancePath:instancePath+"/consumers",schemaPath:"#/properties/consumers/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err120];
}
else {
vErrors.push(err120);
}
errors++;
}
}
if(data.failures !== undefined && func0.call(data, "failures")){
let data57 = data.failures;
if(Array.isArray(data57)){
if(data57.length > 500){
const err121 = {instancePath:instancePath+"/failures",schemaPath:"#/properties/failures/maxItems",keyword:"maxItems",params:{limit: 500},message:"must NOT have more than 500 items"};
if(vErrors === null){
vErrors = [err121];
}
else {
vErrors.push(err121);
}
errors++;
}
const len8 = data57.length;
for(let i8=0; i8<len8; i8++){
if(!(validate24(data57[i8], {instancePath:instancePath+"/failures/" + i8,parentData:data57,parentDataProperty:i8,rootData}))){
vErrors = vErrors === null ? validate24.errors : vErrors.concat(validate24.errors);
errors = vErrors.length;
}
}
}
else {
const err122 = {instancePath:instancePath+"/failures",schemaPath:"#/properties/failures/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err122];
}
else {
vErrors.push(err122);
}
errors++;
}
}
if(data.operations !== undefined && func0.call(data, "operations")){
let data59 = data.operations;
if(Array.isArray(data59)){
if(data59.length > 500){
const err123 = {instancePath:instancePath+"/operations",schemaPath:"#/properties/operations/maxItems",keyword:"maxItems",params:{limit: 500},message:"must NOT have more than 500 items"};
if(vErrors === null){
vErrors = [err123];
}
else {
vErrors.push(err123);
}
errors++;
}
const len9 = data59.length;
for(let i9=0; i9<len9; i9++){
let data60 = data59[i9];
if(data60 && typeof data60 == "object" && !Array.isArray(data60)){
for(const key23 of Object.keys(data60)){
if(!(func0.call(schema30.properties, key23))){
const err124 = {instancePath:instancePath+"/operations/" + i9,schemaPath:"#/definitions/operation/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key23},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err124];
}
else {
vErrors.push(err124);
}
errors++;
}
}
if(data60.name !== undefined && func0.call(data60, "name")){
let data61 = data60.name;
if((typeof data61 !== "string") && (!((typeof data61 == "number") && (isFinite(data61))))){
const err125 = {instancePath:instancePath+"/operations/" + i9+"/name",schemaPath:"#/definitions/operation/properties/name/type",keyword:"type",params:{type: schema30.properties.name.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err125];
}
else {
vErrors.push(err125);
}
errors++;
}
if(typeof data61 === "string"){
if(func47(data61) > 1000){
const err126 = {instancePath:instancePath+"/operations/" + i9+"/name",schemaPath:"#/definitions/operation/properties/name/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err126];
}
else {
vErrors.push(err126);
}
errors++;
}
}
}
if(data60.at !== undefined && func0.call(data60, "at")){
let data62 = data60.at;
if((typeof data62 !== "string") && (!((typeof data62 == "number") && (isFinite(data62))))){
const err127 = {instancePath:instancePath+"/operations/" + i9+"/at",schemaPath:"#/definitions/operation/properties/at/type",keyword:"type",params:{type: schema30.properties.at.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err127];
}
else {
vErrors.push(err127);
}
errors++;
}
if(typeof data62 === "string"){
if(func47(data62) > 1000){
const err128 = {instancePath:instancePath+"/operations/" + i9+"/at",schemaPath:"#/definitions/operation/properties/at/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err128];
}
else {
vErrors.push(err128);
}
errors++;
}
}
}
if(data60.after !== undefined && func0.call(data60, "after")){
let data63 = data60.after;
if((typeof data63 !== "string") && (!(data63 && typeof data63 == "object" && !Array.isArray(data63)))){
const err129 = {instancePath:instancePath+"/operations/" + i9+"/after",schemaPath:"#/definitions/operation/properties/after/type",keyword:"type",params:{type: schema30.properties.after.type},message:"must be string,object"};
if(vErrors === null){
vErrors = [err129];
}
else {
vErrors.push(err129);
}
errors++;
}
if(typeof data63 === "string"){
if(func47(data63) > 250){
const err130 = {instancePath:instancePath+"/operations/" + i9+"/after",schemaPath:"#/definitions/operation/properties/after/maxLength",keyword:"maxLength",params:{limit: 250},message:"must NOT have more than 250 characters"};
if(vErrors === null){
vErrors = [err130];
}
else {
vErrors.push(err130);
}
errors++;
}
}
if(data63 && typeof data63 == "object" && !Array.isArray(data63)){
for(const key24 of Object.keys(data63)){
if(!((((key24 === "failure") || (key24 === "operation")) || (key24 === "edge")) || (key24 === "delay"))){
const err131 = {instancePath:instancePath+"/operations/" + i9+"/after",schemaPath:"#/definitions/operation/properties/after/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key24},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err131];
}
else {
vErrors.push(err131);
}
errors++;
}
}
if(data63.failure !== undefined && func0.call(data63, "failure")){
let data64 = data63.failure;
if((typeof data64 !== "string") && (!((typeof data64 == "number") && (isFinite(data64))))){
const err132 = {instancePath:instancePath+"/operations/" + i9+"/after/failure",schemaPath:"#/definitions/operation/properties/after/properties/failure/type",keyword:"type",params:{type: schema30.properties.after.properties.failure.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err132];
}
else {
vErrors.push(err132);
}
errors++;
}
if(typeof data64 === "string"){
if(func47(data64) > 1000){
const err133 = {instancePath:instancePath+"/operations/" + i9+"/after/failure",schemaPath:"#/definitions/operation/properties/after/properties/failure/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err133];
}
else {
vErrors.push(err133);
}
errors++;
}
}
}
if(data63.operation !== undefined && func0.call(data63, "operation")){
let data65 = data63.operation;
if((typeof data65 !== "string") && (!((typeof data65 == "number") && (isFinite(data65))))){
const err134 = {instancePath:instancePath+"/operations/" + i9+"/after/operation",schemaPath:"#/definitions/operation/properties/after/properties/operation/type",keyword:"type",params:{type: schema30.properties.after.properties.operation.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err134];
}
else {
vErrors.push(err134);
}
errors++;
}
if(typeof data65 === "string"){
if(func47(data65) > 1000){
const err135 = {instancePath:instancePath+"/operations/" + i9+"/after/operation",schemaPath:"#/definitions/operation/properties/after/properties/operation/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err135];
}
else {
vErrors.push(err135);
}
errors++;
}
}
}
if(data63.edge !== undefined && func0.call(data63, "edge")){
let data66 = data63.edge;
if(!((data66 === "start") || (data66 === "end"))){
const err136 = {instancePath:instancePath+"/operations/" + i9+"/after/edge",schemaPath:"#/definitions/operation/properties/after/properties/edge/enum",keyword:"enum",params:{allowedValues: schema30.properties.after.properties.edge.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err136];
}
else {
vErrors.push(err136);
}
errors++;
}
}
if(data63.delay !== undefined && func0.call(data63, "delay")){
let data67 = data63.delay;
if((typeof data67 !== "string") && (!((typeof data67 == "number") && (isFinite(data67))))){
const err137 = {instancePath:instancePath+"/operations/" + i9+"/after/delay",schemaPath:"#/definitions/operation/properties/after/properties/delay/type",keyword:"type",params:{type: schema30.properties.after.properties.delay.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err137];
}
else {
vErrors.push(err137);
}
errors++;
}
if(typeof data67 === "string"){
if(func47(data67) > 1000){
const err138 = {instancePath:instancePath+"/operations/" + i9+"/after/delay",schemaPath:"#/definitions/operation/properties/after/properties/delay/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err138];
}
else {
vErrors.push(err138);
}
errors++;
}
}
}
}
}
if(data60.rollingRestart !== undefined && func0.call(data60, "rollingRestart")){
let data68 = data60.rollingRestart;
if(data68 && typeof data68 == "object" && !Array.isArray(data68)){
for(const key25 of Object.keys(data68)){
if(!((((key25 === "cluster") || (key25 === "pause")) || (key25 === "waitForInSync")) || (key25 === "graceful"))){
const err139 = {instancePath:instancePath+"/operations/" + i9+"/rollingRestart",schemaPath:"#/definitions/operation/properties/rollingRestart/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key25},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err139];
}
else {
vErrors.push(err139);
}
errors++;
}
}
if(data68.cluster !== undefined && func0.call(data68, "cluster")){
let data69 = data68.cluster;
if((typeof data69 !== "string") && (!((typeof data69 == "number") && (isFinite(data69))))){
const err140 = {instancePath:instancePath+"/operations/" + i9+"/rollingRestart/cluster",schemaPath:"#/definitions/operation/properties/rollingRestart/properties/cluster/type",keyword:"type",params:{type: schema30.properties.rollingRestart.properties.cluster.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err140];
}
else {
vErrors.push(err140);
}
errors++;
}
if(typeof data69 === "string"){
if(func47(data69) > 1000){
const err141 = {instancePath:instancePath+"/operations/" + i9+"/rollingRestart/cluster",schemaPath:"#/definitions/operation/properties/rollingRestart/properties/cluster/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err141];
}
else {
vErrors.push(err141);
}
errors++;
}
}
}
if(data68.pause !== undefined && func0.call(data68, "pause")){
let data70 = data68.pause;
if((typeof data70 !== "string") && (!((typeof data70 == "number") && (isFinite(data70))))){
const err142 = {instancePath:instancePath+"/operations/" + i9+"/rollingRestart/pause",schemaPath:"#/definitions/operation/properties/rollingRestart/properties/pause/type",keyword:"type",params:{type: schema30.properties.rollingRestart.properties.pause.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err142];
}
else {
vErrors.push(err142);
}
errors++;
}
if(typeof data70 === "string"){
if(func47(data70) > 1000){
const err143 = {instancePath:instancePath+"/operations/" + i9+"/rollingRestart/pause",schemaPath:"#/definitions/operation/properties/rollingRestart/properties/pause/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err143];
}
else {
vErrors.push(err143);
}
errors++;
}
}
}
if(data68.waitForInSync !== undefined && func0.call(data68, "waitForInSync")){
if(typeof data68.waitForInSync !== "boolean"){
const err144 = {instancePath:instancePath+"/operations/" + i9+"/rollingRestart/waitForInSync",schemaPath:"#/definitions/operation/properties/rollingRestart/properties/waitForInSync/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err144];
}
else {
vErrors.push(err144);
}
errors++;
}
}
if(data68.graceful !== undefined && func0.call(data68, "graceful")){
if(typeof data68.graceful !== "boolean"){
const err145 = {instancePath:instancePath+"/operations/" + i9+"/rollingRestart/graceful",schemaPath:"#/definitions/operation/properties/rollingRestart/properties/graceful/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err145];
}
else {
vErrors.push(err145);
}
errors++;
}
}
}
else {
const err146 = {instancePath:instancePath+"/operations/" + i9+"/rollingRestart",schemaPath:"#/definitions/operation/properties/rollingRestart/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err146];
}
else {
vErrors.push(err146);
}
errors++;
}
}
if(data60.scale !== undefined && func0.call(data60, "scale")){
let data73 = data60.scale;
if(data73 && typeof data73 == "object" && !Array.isArray(data73)){
if((data73.client === undefined) || (!(func0.call(data73, "client")))){
const err147 = {instancePath:instancePath+"/operations/" + i9+"/scale",schemaPath:"#/definitions/operation/properties/scale/required",keyword:"required",params:{missingProperty: "client"},message:"must have required property '"+"client"+"'"};
if(vErrors === null){
vErrors = [err147];
}
else {
vErrors.push(err147);
}
errors++;
}
if((data73.instances === undefined) || (!(func0.call(data73, "instances")))){
const err148 = {instancePath:instancePath+"/operations/" + i9+"/scale",schemaPath:"#/definitions/operation/properties/scale/required",keyword:"required",params:{missingProperty: "instances"},message:"must have required property '"+"instances"+"'"};
if(vErrors === null){
vErrors = [err148];
}
else {
vErrors.push(err148);
}
errors++;
}
for(const key26 of Object.keys(data73)){
if(!(((key26 === "client") || (key26 === "instances")) || (key26 === "graceful"))){
const err149 = {instancePath:instancePath+"/operations/" + i9+"/scale",schemaPath:"#/definitions/operation/properties/scale/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key26},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err149];
}
else {
vErrors.push(err149);
}
errors++;
}
}
if(data73.client !== undefined && func0.call(data73, "client")){
let data74 = data73.client;
if((typeof data74 !== "string") && (!((typeof data74 == "number") && (isFinite(data74))))){
const err150 = {instancePath:instancePath+"/operations/" + i9+"/scale/client",schemaPath:"#/definitions/operation/properties/scale/properties/client/type",keyword:"type",params:{type: schema30.properties.scale.properties.client.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err150];
}
else {
vErrors.push(err150);
}
errors++;
}
if(typeof data74 === "string"){
if(func47(data74) > 1000){
const err151 = {instancePath:instancePath+"/operations/" + i9+"/scale/client",schemaPath:"#/definitions/operation/properties/scale/properties/client/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err151];
}
else {
vErrors.push(err151);
}
errors++;
}
}
}
if(data73.instances !== undefined && func0.call(data73, "instances")){
let data75 = data73.instances;
if(!(((typeof data75 == "number") && (!(data75 % 1) && !isNaN(data75))) && (isFinite(data75)))){
const err152 = {instancePath:instancePath+"/operations/" + i9+"/scale/instances",schemaPath:"#/definitions/operation/properties/scale/properties/instances/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err152];
}
else {
vErrors.push(err152);
}
errors++;
}
if((typeof data75 == "number") && (isFinite(data75))){
if(data75 > 1000 || isNaN(data75)){
const err153 = {instancePath:instancePath+"/operations/" + i9+"/scale/instances",schemaPath:"#/definitions/operation/properties/scale/properties/instances/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000},message:"must be <= 1000"};
if(vErrors === null){
vErrors = [err153];
}
else {
vErrors.push(err153);
}
errors++;
}
if(data75 < 0 || isNaN(data75)){
const err154 = {instancePath:instancePath+"/operations/" + i9+"/scale/instances",schemaPath:"#/definitions/operation/properties/scale/properties/instances/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err154];
}
else {
vErrors.push(err154);
}
errors++;
}
}
}
if(data73.graceful !== undefined && func0.call(data73, "graceful")){
if(typeof data73.graceful !== "boolean"){
const err155 = {instancePath:instancePath+"/operations/" + i9+"/scale/graceful",schemaPath:"#/definitions/operation/properties/scale/properties/graceful/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err155];
}
else {
vErrors.push(err155);
}
errors++;
}
}
}
else {
const err156 = {instancePath:instancePath+"/operations/" + i9+"/scale",schemaPath:"#/definitions/operation/properties/scale/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err156];
}
else {
vErrors.push(err156);
}
errors++;
}
}
if(data60.alterConfig !== undefined && func0.call(data60, "alterConfig")){
let data77 = data60.alterConfig;
if(data77 && typeof data77 == "object" && !Array.isArray(data77)){
if((data77.config === undefined) || (!(func0.call(data77, "config")))){
const err157 = {instancePath:instancePath+"/operations/" + i9+"/alterConfig",schemaPath:"#/definitions/operation/properties/alterConfig/required",keyword:"required",params:{missingProperty: "config"},message:"must have required property '"+"config"+"'"};
if(vErrors === null){
vErrors = [err157];
}
else {
vErrors.push(err157);
}
errors++;
}
for(const key27 of Object.keys(data77)){
if(!((((key27 === "cluster") || (key27 === "topic")) || (key27 === "broker")) || (key27 === "config"))){
const err158 = {instancePath:instancePath+"/operations/" + i9+"/alterConfig",schemaPath:"#/definitions/operation/properties/alterConfig/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key27},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err158];
}
else {
vErrors.push(err158);
}
errors++;
}
}
if(data77.cluster !== undefined && func0.call(data77, "cluster")){
let data78 = data77.cluster;
if((typeof data78 !== "string") && (!((typeof data78 == "number") && (isFinite(data78))))){
const err159 = {instancePath:instancePath+"/operations/" + i9+"/alterConfig/cluster",schemaPath:"#/definitions/operation/properties/alterConfig/properties/cluster/type",keyword:"type",params:{type: schema30.properties.alterConfig.properties.cluster.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err159];
}
else {
vErrors.push(err159);
}
errors++;
}
if(typeof data78 === "string"){
if(func47(data78) > 1000){
const err160 = {instancePath:instancePath+"/operations/" + i9+"/alterConfig/cluster",schemaPath:"#/definitions/operation/properties/alterConfig/properties/cluster/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err160];
}
else {
vErrors.push(err160);
}
errors++;
}
}
}
if(data77.topic !== undefined && func0.call(data77, "topic")){
let data79 = data77.topic;
if((typeof data79 !== "string") && (!((typeof data79 == "number") && (isFinite(data79))))){
const err161 = {instancePath:instancePath+"/operations/" + i9+"/alterConfig/topic",schemaPath:"#/definitions/operation/properties/alterConfig/properties/topic/type",keyword:"type",params:{type: schema30.properties.alterConfig.properties.topic.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err161];
}
else {
vErrors.push(err161);
}
errors++;
}
if(typeof data79 === "string"){
if(func47(data79) > 1000){
const err162 = {instancePath:instancePath+"/operations/" + i9+"/alterConfig/topic",schemaPath:"#/definitions/operation/properties/alterConfig/properties/topic/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err162];
}
else {
vErrors.push(err162);
}
errors++;
}
}
}
if(data77.broker !== undefined && func0.call(data77, "broker")){
let data80 = data77.broker;
if(!(((typeof data80 == "number") && (!(data80 % 1) && !isNaN(data80))) && (isFinite(data80)))){
const err163 = {instancePath:instancePath+"/operations/" + i9+"/alterConfig/broker",schemaPath:"#/definitions/operation/properties/alterConfig/properties/broker/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err163];
}
else {
vErrors.push(err163);
}
errors++;
}
if((typeof data80 == "number") && (isFinite(data80))){
if(data80 > 1000000 || isNaN(data80)){
const err164 = {instancePath:instancePath+"/operations/" + i9+"/alterConfig/broker",schemaPath:"#/definitions/operation/properties/alterConfig/properties/broker/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000},message:"must be <= 1000000"};
if(vErrors === null){
vErrors = [err164];
}
else {
vErrors.push(err164);
}
errors++;
}
if(data80 < 1 || isNaN(data80)){
const err165 = {instancePath:instancePath+"/operations/" + i9+"/alterConfig/broker",schemaPath:"#/definitions/operation/properties/alterConfig/properties/broker/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
if(vErrors === null){
vErrors = [err165];
}
else {
vErrors.push(err165);
}
errors++;
}
}
}
if(data77.config !== undefined && func0.call(data77, "config")){
let data81 = data77.config;
if(data81 && typeof data81 == "object" && !Array.isArray(data81)){
if(Object.keys(data81).length > 500){
const err166 = {instancePath:instancePath+"/operations/" + i9+"/alterConfig/config",schemaPath:"#/definitions/operation/properties/alterConfig/properties/config/maxProperties",keyword:"maxProperties",params:{limit: 500},message:"must NOT have more than 500 properties"};
if(vErrors === null){
vErrors = [err166];
}
else {
vErrors.push(err166);
}
errors++;
}
for(const key28 of Object.keys(data81)){
let data82 = data81[key28];
if(((((typeof data82 !== "string") && (!((typeof data82 == "number") && (isFinite(data82))))) && (typeof data82 !== "boolean")) && (data82 !== null)) && (!(Array.isArray(data82)))){
const err167 = {instancePath:instancePath+"/operations/" + i9+"/alterConfig/config/" + key28.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/definitions/operation/properties/alterConfig/properties/config/additionalProperties/type",keyword:"type",params:{type: schema30.properties.alterConfig.properties.config.additionalProperties.type},message:"must be string,number,boolean,null,array"};
if(vErrors === null){
vErrors = [err167];
}
else {
vErrors.push(err167);
}
errors++;
}
if(Array.isArray(data82)){
if(data82.length > 100){
const err168 = {instancePath:instancePath+"/operations/" + i9+"/alterConfig/config/" + key28.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/definitions/operation/properties/alterConfig/properties/config/additionalProperties/maxItems",keyword:"maxItems",params:{limit: 100},message:"must NOT have more than 100 items"};
if(vErrors === null){
vErrors = [err168];
}
else {
vErrors.push(err168);
}
errors++;
}
const len10 = data82.length;
for(let i10=0; i10<len10; i10++){
let data83 = data82[i10];
if(((typeof data83 !== "string") && (!((typeof data83 == "number") && (isFinite(data83))))) && (typeof data83 !== "boolean")){
const err169 = {instancePath:instancePath+"/operations/" + i9+"/alterConfig/config/" + key28.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i10,schemaPath:"#/definitions/operation/properties/alterConfig/properties/config/additionalProperties/items/type",keyword:"type",params:{type: schema30.properties.alterConfig.properties.config.additionalProperties.items.type},message:"must be string,number,boolean"};
if(vErrors === null){
vErrors = [err169];
}
else {
vErrors.push(err169);
}
errors++;
}
}
}
}
}
else {
const err170 = {instancePath:instancePath+"/operations/" + i9+"/alterConfig/config",schemaPath:"#/definitions/operation/properties/alterConfig/properties/config/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err170];
}
else {
vErrors.push(err170);
}
errors++;
}
}
}
else {
const err171 = {instancePath:instancePath+"/operations/" + i9+"/alterConfig",schemaPath:"#/definitions/operation/properties/alterConfig/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err171];
}
else {
vErrors.push(err171);
}
errors++;
}
}
if(data60.electLeaders !== undefined && func0.call(data60, "electLeaders")){
let data84 = data60.electLeaders;
if(data84 && typeof data84 == "object" && !Array.isArray(data84)){
for(const key29 of Object.keys(data84)){
if(!((((key29 === "cluster") || (key29 === "type")) || (key29 === "topic")) || (key29 === "partition"))){
const err172 = {instancePath:instancePath+"/operations/" + i9+"/electLeaders",schemaPath:"#/definitions/operation/properties/electLeaders/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key29},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err172];
}
else {
vErrors.push(err172);
}
errors++;
}
}
if(data84.cluster !== undefined && func0.call(data84, "cluster")){
let data85 = data84.cluster;
if((typeof data85 !== "string") && (!((typeof data85 == "number") && (isFinite(data85))))){
const err173 = {instancePath:instancePath+"/operations/" + i9+"/electLeaders/cluster",schemaPath:"#/definitions/operation/properties/electLeaders/properties/cluster/type",keyword:"type",params:{type: schema30.properties.electLeaders.properties.cluster.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err173];
}
else {
vErrors.push(err173);
}
errors++;
}
if(typeof data85 === "string"){
if(func47(data85) > 1000){
const err174 = {instancePath:instancePath+"/operations/" + i9+"/electLeaders/cluster",schemaPath:"#/definitions/operation/properties/electLeaders/properties/cluster/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err174];
}
else {
vErrors.push(err174);
}
errors++;
}
}
}
if(data84.type !== undefined && func0.call(data84, "type")){
let data86 = data84.type;
if(!((data86 === "preferred") || (data86 === "unclean"))){
const err175 = {instancePath:instancePath+"/operations/" + i9+"/electLeaders/type",schemaPath:"#/definitions/operation/properties/electLeaders/properties/type/enum",keyword:"enum",params:{allowedValues: schema30.properties.electLeaders.properties.type.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err175];
}
else {
vErrors.push(err175);
}
errors++;
}
}
if(data84.topic !== undefined && func0.call(data84, "topic")){
let data87 = data84.topic;
if((typeof data87 !== "string") && (!((typeof data87 == "number") && (isFinite(data87))))){
const err176 = {instancePath:instancePath+"/operations/" + i9+"/electLeaders/topic",schemaPath:"#/definitions/operation/properties/electLeaders/properties/topic/type",keyword:"type",params:{type: schema30.properties.electLeaders.properties.topic.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err176];
}
else {
vErrors.push(err176);
}
errors++;
}
if(typeof data87 === "string"){
if(func47(data87) > 1000){
const err177 = {instancePath:instancePath+"/operations/" + i9+"/electLeaders/topic",schemaPath:"#/definitions/operation/properties/electLeaders/properties/topic/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err177];
}
else {
vErrors.push(err177);
}
errors++;
}
}
}
if(data84.partition !== undefined && func0.call(data84, "partition")){
let data88 = data84.partition;
if((typeof data88 !== "string") && (!((typeof data88 == "number") && (isFinite(data88))))){
const err178 = {instancePath:instancePath+"/operations/" + i9+"/electLeaders/partition",schemaPath:"#/definitions/operation/properties/electLeaders/properties/partition/type",keyword:"type",params:{type: schema30.properties.electLeaders.properties.partition.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err178];
}
else {
vErrors.push(err178);
}
errors++;
}
if(typeof data88 === "string"){
if(func47(data88) > 1000){
const err179 = {instancePath:instancePath+"/operations/" + i9+"/electLeaders/partition",schemaPath:"#/definitions/operation/properties/electLeaders/properties/partition/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err179];
}
else {
vErrors.push(err179);
}
errors++;
}
}
}
}
else {
const err180 = {instancePath:instancePath+"/operations/" + i9+"/electLeaders",schemaPath:"#/definitions/operation/properties/electLeaders/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err180];
}
else {
vErrors.push(err180);
}
errors++;
}
}
}
else {
const err181 = {instancePath:instancePath+"/operations/" + i9,schemaPath:"#/definitions/operation/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err181];
}
else {
vErrors.push(err181);
}
errors++;
}
}
}
else {
const err182 = {instancePath:instancePath+"/operations",schemaPath:"#/properties/operations/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err182];
}
else {
vErrors.push(err182);
}
errors++;
}
}
if(data.expect !== undefined && func0.call(data, "expect")){
let data89 = data.expect;
if(Array.isArray(data89)){
if(data89.length > 500){
const err183 = {instancePath:instancePath+"/expect",schemaPath:"#/properties/expect/maxItems",keyword:"maxItems",params:{limit: 500},message:"must NOT have more than 500 items"};
if(vErrors === null){
vErrors = [err183];
}
else {
vErrors.push(err183);
}
errors++;
}
const len11 = data89.length;
for(let i11=0; i11<len11; i11++){
let data90 = data89[i11];
if(data90 && typeof data90 == "object" && !Array.isArray(data90)){
for(const key30 of Object.keys(data90)){
if(!(func0.call(schema31.properties, key30))){
const err184 = {instancePath:instancePath+"/expect/" + i11,schemaPath:"#/definitions/expectation/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key30},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err184];
}
else {
vErrors.push(err184);
}
errors++;
}
}
if(data90.name !== undefined && func0.call(data90, "name")){
let data91 = data90.name;
if((typeof data91 !== "string") && (!((typeof data91 == "number") && (isFinite(data91))))){
const err185 = {instancePath:instancePath+"/expect/" + i11+"/name",schemaPath:"#/definitions/expectation/properties/name/type",keyword:"type",params:{type: schema31.properties.name.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err185];
}
else {
vErrors.push(err185);
}
errors++;
}
if(typeof data91 === "string"){
if(func47(data91) > 1000){
const err186 = {instancePath:instancePath+"/expect/" + i11+"/name",schemaPath:"#/definitions/expectation/properties/name/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err186];
}
else {
vErrors.push(err186);
}
errors++;
}
}
}
if(data90.violated !== undefined && func0.call(data90, "violated")){
if(typeof data90.violated !== "boolean"){
const err187 = {instancePath:instancePath+"/expect/" + i11+"/violated",schemaPath:"#/definitions/expectation/properties/violated/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err187];
}
else {
vErrors.push(err187);
}
errors++;
}
}
if(data90.during !== undefined && func0.call(data90, "during")){
let data93 = data90.during;
if((typeof data93 !== "string") && (!(Array.isArray(data93)))){
const err188 = {instancePath:instancePath+"/expect/" + i11+"/during",schemaPath:"#/definitions/expectation/properties/during/type",keyword:"type",params:{type: schema31.properties.during.type},message:"must be string,array"};
if(vErrors === null){
vErrors = [err188];
}
else {
vErrors.push(err188);
}
errors++;
}
if(typeof data93 === "string"){
if(func47(data93) > 250){
const err189 = {instancePath:instancePath+"/expect/" + i11+"/during",schemaPath:"#/definitions/expectation/properties/during/maxLength",keyword:"maxLength",params:{limit: 250},message:"must NOT have more than 250 characters"};
if(vErrors === null){
vErrors = [err189];
}
else {
vErrors.push(err189);
}
errors++;
}
}
if(Array.isArray(data93)){
if(data93.length > 2){
const err190 = {instancePath:instancePath+"/expect/" + i11+"/during",schemaPath:"#/definitions/expectation/properties/during/maxItems",keyword:"maxItems",params:{limit: 2},message:"must NOT have more than 2 items"};
if(vErrors === null){
vErrors = [err190];
}
else {
vErrors.push(err190);
}
errors++;
}
if(data93.length < 2){
const err191 = {instancePath:instancePath+"/expect/" + i11+"/during",schemaPath:"#/definitions/expectation/properties/during/minItems",keyword:"minItems",params:{limit: 2},message:"must NOT have fewer than 2 items"};
if(vErrors === null){
vErrors = [err191];
}
else {
vErrors.push(err191);
}
errors++;
}
const len12 = data93.length;
for(let i12=0; i12<len12; i12++){
let data94 = data93[i12];
if((typeof data94 !== "string") && (!((typeof data94 == "number") && (isFinite(data94))))){
const err192 = {instancePath:instancePath+"/expect/" + i11+"/during/" + i12,schemaPath:"#/definitions/expectation/properties/during/items/type",keyword:"type",params:{type: schema31.properties.during.items.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err192];
}
else {
vErrors.push(err192);
}
errors++;
}
if(typeof data94 === "string"){
if(func47(data94) > 1000){
const err193 = {instancePath:instancePath+"/expect/" + i11+"/during/" + i12,schemaPath:"#/definitions/expectation/properties/during/items/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err193];
}
else {
vErrors.push(err193);
}
errors++;
}
}
}
}
}
if(data90.outside !== undefined && func0.call(data90, "outside")){
let data95 = data90.outside;
if((typeof data95 !== "string") && (!((typeof data95 == "number") && (isFinite(data95))))){
const err194 = {instancePath:instancePath+"/expect/" + i11+"/outside",schemaPath:"#/definitions/expectation/properties/outside/type",keyword:"type",params:{type: schema31.properties.outside.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err194];
}
else {
vErrors.push(err194);
}
errors++;
}
if(typeof data95 === "string"){
if(func47(data95) > 1000){
const err195 = {instancePath:instancePath+"/expect/" + i11+"/outside",schemaPath:"#/definitions/expectation/properties/outside/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err195];
}
else {
vErrors.push(err195);
}
errors++;
}
}
}
if(data90.of !== undefined && func0.call(data90, "of")){
let data96 = data90.of;
if((typeof data96 !== "string") && (!((typeof data96 == "number") && (isFinite(data96))))){
const err196 = {instancePath:instancePath+"/expect/" + i11+"/of",schemaPath:"#/definitions/expectation/properties/of/type",keyword:"type",params:{type: schema31.properties.of.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err196];
}
else {
vErrors.push(err196);
}
errors++;
}
if(typeof data96 === "string"){
if(func47(data96) > 1000){
const err197 = {instancePath:instancePath+"/expect/" + i11+"/of",schemaPath:"#/definitions/expectation/properties/of/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err197];
}
else {
vErrors.push(err197);
}
errors++;
}
}
}
if(data90.after !== undefined && func0.call(data90, "after")){
let data97 = data90.after;
if((typeof data97 !== "string") && (!((typeof data97 == "number") && (isFinite(data97))))){
const err198 = {instancePath:instancePath+"/expect/" + i11+"/after",schemaPath:"#/definitions/expectation/properties/after/type",keyword:"type",params:{type: schema31.properties.after.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err198];
}
else {
vErrors.push(err198);
}
errors++;
}
if(typeof data97 === "string"){
if(func47(data97) > 1000){
const err199 = {instancePath:instancePath+"/expect/" + i11+"/after",schemaPath:"#/definitions/expectation/properties/after/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err199];
}
else {
vErrors.push(err199);
}
errors++;
}
}
}
if(data90.p50 !== undefined && func0.call(data90, "p50")){
let data98 = data90.p50;
if((typeof data98 !== "string") && (!((typeof data98 == "number") && (isFinite(data98))))){
const err200 = {instancePath:instancePath+"/expect/" + i11+"/p50",schemaPath:"#/definitions/expectation/properties/p50/type",keyword:"type",params:{type: schema31.properties.p50.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err200];
}
else {
vErrors.push(err200);
}
errors++;
}
if(typeof data98 === "string"){
if(func47(data98) > 1000){
const err201 = {instancePath:instancePath+"/expect/" + i11+"/p50",schemaPath:"#/definitions/expectation/properties/p50/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err201];
}
else {
vErrors.push(err201);
}
errors++;
}
}
}
if(data90.p95 !== undefined && func0.call(data90, "p95")){
let data99 = data90.p95;
if((typeof data99 !== "string") && (!((typeof data99 == "number") && (isFinite(data99))))){
const err202 = {instancePath:instancePath+"/expect/" + i11+"/p95",schemaPath:"#/definitions/expectation/properties/p95/type",keyword:"type",params:{type: schema31.properties.p95.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err202];
}
else {
vErrors.push(err202);
}
errors++;
}
if(typeof data99 === "string"){
if(func47(data99) > 1000){
const err203 = {instancePath:instancePath+"/expect/" + i11+"/p95",schemaPath:"#/definitions/expectation/properties/p95/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err203];
}
else {
vErrors.push(err203);
}
errors++;
}
}
}
if(data90.p99 !== undefined && func0.call(data90, "p99")){
let data100 = data90.p99;
if((typeof data100 !== "string") && (!((typeof data100 == "number") && (isFinite(data100))))){
const err204 = {instancePath:instancePath+"/expect/" + i11+"/p99",schemaPath:"#/definitions/expectation/properties/p99/type",keyword:"type",params:{type: schema31.properties.p99.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err204];
}
else {
vErrors.push(err204);
}
errors++;
}
if(typeof data100 === "string"){
if(func47(data100) > 1000){
const err205 = {instancePath:instancePath+"/expect/" + i11+"/p99",schemaPath:"#/definitions/expectation/properties/p99/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err205];
}
else {
vErrors.push(err205);
}
errors++;
}
}
}
if(data90.p999 !== undefined && func0.call(data90, "p999")){
let data101 = data90.p999;
if((typeof data101 !== "string") && (!((typeof data101 == "number") && (isFinite(data101))))){
const err206 = {instancePath:instancePath+"/expect/" + i11+"/p999",schemaPath:"#/definitions/expectation/properties/p999/type",keyword:"type",params:{type: schema31.properties.p999.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err206];
}
else {
vErrors.push(err206);
}
errors++;
}
if(typeof data101 === "string"){
if(func47(data101) > 1000){
const err207 = {instancePath:instancePath+"/expect/" + i11+"/p999",schemaPath:"#/definitions/expectation/properties/p999/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err207];
}
else {
vErrors.push(err207);
}
errors++;
}
}
}
if(data90.max !== undefined && func0.call(data90, "max")){
let data102 = data90.max;
if((typeof data102 !== "string") && (!((typeof data102 == "number") && (isFinite(data102))))){
const err208 = {instancePath:instancePath+"/expect/" + i11+"/max",schemaPath:"#/definitions/expectation/properties/max/type",keyword:"type",params:{type: schema31.properties.max.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err208];
}
else {
vErrors.push(err208);
}
errors++;
}
if(typeof data102 === "string"){
if(func47(data102) > 1000){
const err209 = {instancePath:instancePath+"/expect/" + i11+"/max",schemaPath:"#/definitions/expectation/properties/max/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err209];
}
else {
vErrors.push(err209);
}
errors++;
}
}
}
if(data90.min !== undefined && func0.call(data90, "min")){
let data103 = data90.min;
if((typeof data103 !== "string") && (!((typeof data103 == "number") && (isFinite(data103))))){
const err210 = {instancePath:instancePath+"/expect/" + i11+"/min",schemaPath:"#/definitions/expectation/properties/min/type",keyword:"type",params:{type: schema31.properties.min.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err210];
}
else {
vErrors.push(err210);
}
errors++;
}
if(typeof data103 === "string"){
if(func47(data103) > 1000){
const err211 = {instancePath:instancePath+"/expect/" + i11+"/min",schemaPath:"#/definitions/expectation/properties/min/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err211];
}
else {
vErrors.push(err211);
}
errors++;
}
}
}
if(data90.mean !== undefined && func0.call(data90, "mean")){
let data104 = data90.mean;
if((typeof data104 !== "string") && (!((typeof data104 == "number") && (isFinite(data104))))){
const err212 = {instancePath:instancePath+"/expect/" + i11+"/mean",schemaPath:"#/definitions/expectation/properties/mean/type",keyword:"type",params:{type: schema31.properties.mean.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err212];
}
else {
vErrors.push(err212);
}
errors++;
}
if(typeof data104 === "string"){
if(func47(data104) > 1000){
const err213 = {instancePath:instancePath+"/expect/" + i11+"/mean",schemaPath:"#/definitions/expectation/properties/mean/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err213];
}
else {
vErrors.push(err213);
}
errors++;
}
}
}
if(data90.rate !== undefined && func0.call(data90, "rate")){
let data105 = data90.rate;
if((typeof data105 !== "string") && (!((typeof data105 == "number") && (isFinite(data105))))){
const err214 = {instancePath:instancePath+"/expect/" + i11+"/rate",schemaPath:"#/definitions/expectation/properties/rate/type",keyword:"type",params:{type: schema31.properties.rate.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err214];
}
else {
vErrors.push(err214);
}
errors++;
}
if(typeof data105 === "string"){
if(func47(data105) > 1000){
const err215 = {instancePath:instancePath+"/expect/" + i11+"/rate",schemaPath:"#/definitions/expectation/properties/rate/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err215];
}
else {
vErrors.push(err215);
}
errors++;
}
}
}
if(data90.total !== undefined && func0.call(data90, "total")){
let data106 = data90.total;
if((typeof data106 !== "string") && (!((typeof data106 == "number") && (isFinite(data106))))){
const err216 = {instancePath:instancePath+"/expect/" + i11+"/total",schemaPath:"#/definitions/expectation/properties/total/type",keyword:"type",params:{type: schema31.properties.total.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err216];
}
else {
vErrors.push(err216);
}
errors++;
}
if(typeof data106 === "string"){
if(func47(data106) > 1000){
const err217 = {instancePath:instancePath+"/expect/" + i11+"/total",schemaPath:"#/definitions/expectation/properties/total/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err217];
}
else {
vErrors.push(err217);
}
errors++;
}
}
}
if(data90.within !== undefined && func0.call(data90, "within")){
let data107 = data90.within;
if((typeof data107 !== "string") && (!((typeof data107 == "number") && (isFinite(data107))))){
const err218 = {instancePath:instancePath+"/expect/" + i11+"/within",schemaPath:"#/definitions/expectation/properties/within/type",keyword:"type",params:{type: schema31.properties.within.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err218];
}
else {
vErrors.push(err218);
}
errors++;
}
if(typeof data107 === "string"){
if(func47(data107) > 1000){
const err219 = {instancePath:instancePath+"/expect/" + i11+"/within",schemaPath:"#/definitions/expectation/properties/within/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err219];
}
else {
vErrors.push(err219);
}
errors++;
}
}
}
if(data90.noRecordLoss !== undefined && func0.call(data90, "noRecordLoss")){
let data108 = data90.noRecordLoss;
if(data108 && typeof data108 == "object" && !Array.isArray(data108)){
for(const key31 of Object.keys(data108)){
if(!(key31 === "topic")){
const err220 = {instancePath:instancePath+"/expect/" + i11+"/noRecordLoss",schemaPath:"#/definitions/expectation/properties/noRecordLoss/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key31},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err220];
}
else {
vErrors.push(err220);
}
errors++;
}
}
if(data108.topic !== undefined && func0.call(data108, "topic")){
let data109 = data108.topic;
if((typeof data109 !== "string") && (!((typeof data109 == "number") && (isFinite(data109))))){
const err221 = {instancePath:instancePath+"/expect/" + i11+"/noRecordLoss/topic",schemaPath:"#/definitions/expectation/properties/noRecordLoss/properties/topic/type",keyword:"type",params:{type: schema31.properties.noRecordLoss.properties.topic.type},message:"must be string,number"};
if(vErrors === null){
vErrors = [err221];
}
else {
vErrors.push(err221);
}
errors++;
}
if(typeof data109 === "string"){
if(func47(data109) > 1000){
const err222 = {instancePath:instancePath+"/expect/" + i11+"/noRecordLoss/topic",schemaPath:"#/definitions/expectation/properties/noRecordLoss/properties/topic/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err222];
}
else {
vErrors.push(err222);
}
errors++;
}
}
}
}
else {
const err223 = {instancePath:instancePath+"/expect/" + i11+"/noRecordLoss",schemaPath:"#/definitions/expectation/properties/noRecordLoss/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err223];
}
else {
vErrors.push(err223);
}
errors++;
}
}
if(data90.metric !== undefined && func0.call(data90, "metric")){
let data110 = data90.metric;
if(typeof data110 === "string"){
if(func47(data110) > 200){
const err224 = {instancePath:instancePath+"/expect/" + i11+"/metric",schemaPath:"#/definitions/expectation/properties/metric/maxLength",keyword:"maxLength",params:{limit: 200},message:"must NOT have more than 200 characters"};
if(vErrors === null){
vErrors = [err224];
}
else {
vErrors.push(err224);
}
errors++;
}
}
else {
const err225 = {instancePath:instancePath+"/expect/" + i11+"/metric",schemaPath:"#/definitions/expectation/properties/metric/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err225];
}
else {
vErrors.push(err225);
}
errors++;
}
}
}
else {
const err226 = {instancePath:instancePath+"/expect/" + i11,schemaPath:"#/definitions/expectation/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err226];
}
else {
vErrors.push(err226);
}
errors++;
}
}
}
else {
const err227 = {instancePath:instancePath+"/expect",schemaPath:"#/properties/expect/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err227];
}
else {
vErrors.push(err227);
}
errors++;
}
}
if(data.matrix !== undefined && func0.call(data, "matrix")){
let data111 = data.matrix;
if(data111 && typeof data111 == "object" && !Array.isArray(data111)){
if((data111.vary === undefined) || (!(func0.call(data111, "vary")))){
const err228 = {instancePath:instancePath+"/matrix",schemaPath:"#/properties/matrix/required",keyword:"required",params:{missingProperty: "vary"},message:"must have required property '"+"vary"+"'"};
if(vErrors === null){
vErrors = [err228];
}
else {
vErrors.push(err228);
}
errors++;
}
for(const key32 of Object.keys(data111)){
if(!((key32 === "vary") || (key32 === "except"))){
const err229 = {instancePath:instancePath+"/matrix",schemaPath:"#/properties/matrix/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key32},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err229];
}
else {
vErrors.push(err229);
}
errors++;
}
}
if(data111.vary !== undefined && func0.call(data111, "vary")){
let data112 = data111.vary;
if(data112 && typeof data112 == "object" && !Array.isArray(data112)){
if(Object.keys(data112).length > 20){
const err230 = {instancePath:instancePath+"/matrix/vary",schemaPath:"#/properties/matrix/properties/vary/maxProperties",keyword:"maxProperties",params:{limit: 20},message:"must NOT have more than 20 properties"};
if(vErrors === null){
vErrors = [err230];
}
else {
vErrors.push(err230);
}
errors++;
}
for(const key33 of Object.keys(data112)){
let data113 = data112[key33];
if(Array.isArray(data113)){
if(data113.length > 256){
const err231 = {instancePath:instancePath+"/matrix/vary/" + key33.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/matrix/properties/vary/additionalProperties/maxItems",keyword:"maxItems",params:{limit: 256},message:"must NOT have more than 256 items"};
if(vErrors === null){
vErrors = [err231];
}
else {
vErrors.push(err231);
}
errors++;
}
if(data113.length < 1){
const err232 = {instancePath:instancePath+"/matrix/vary/" + key33.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/matrix/properties/vary/additionalProperties/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err232];
}
else {
vErrors.push(err232);
}
errors++;
}
}
else {
const err233 = {instancePath:instancePath+"/matrix/vary/" + key33.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/matrix/properties/vary/additionalProperties/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err233];
}
else {
vErrors.push(err233);
}
errors++;
}
}
}
else {
const err234 = {instancePath:instancePath+"/matrix/vary",schemaPath:"#/properties/matrix/properties/vary/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err234];
}
else {
vErrors.push(err234);
}
errors++;
}
}
if(data111.except !== undefined && func0.call(data111, "except")){
let data114 = data111.except;
if(Array.isArray(data114)){
if(data114.length > 500){
const err235 = {instancePath:instancePath+"/matrix/except",schemaPath:"#/properties/matrix/properties/except/maxItems",keyword:"maxItems",params:{limit: 500},message:"must NOT have more than 500 items"};
if(vErrors === null){
vErrors = [err235];
}
else {
vErrors.push(err235);
}
errors++;
}
const len13 = data114.length;
for(let i13=0; i13<len13; i13++){
let data115 = data114[i13];
if(data115 && typeof data115 == "object" && !Array.isArray(data115)){
if(Object.keys(data115).length > 20){
const err236 = {instancePath:instancePath+"/matrix/except/" + i13,schemaPath:"#/properties/matrix/properties/except/items/maxProperties",keyword:"maxProperties",params:{limit: 20},message:"must NOT have more than 20 properties"};
if(vErrors === null){
vErrors = [err236];
}
else {
vErrors.push(err236);
}
errors++;
}
for(const key34 of Object.keys(data115)){
let data116 = data115[key34];
if((((typeof data116 !== "string") && (!((typeof data116 == "number") && (isFinite(data116))))) && (typeof data116 !== "boolean")) && (data116 !== null)){
const err237 = {instancePath:instancePath+"/matrix/except/" + i13+"/" + key34.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/matrix/properties/except/items/additionalProperties/type",keyword:"type",params:{type: schema11.properties.matrix.properties.except.items.additionalProperties.type},message:"must be string,number,boolean,null"};
if(vErrors === null){
vErrors = [err237];
}
else {
vErrors.push(err237);
}
errors++;
}
}
}
else {
const err238 = {instancePath:instancePath+"/matrix/except/" + i13,schemaPath:"#/properties/matrix/properties/except/items/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err238];
}
else {
vErrors.push(err238);
}
errors++;
}
}
}
else {
const err239 = {instancePath:instancePath+"/matrix/except",schemaPath:"#/properties/matrix/properties/except/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err239];
}
else {
vErrors.push(err239);
}
errors++;
}
}
}
else {
const err240 = {instancePath:instancePath+"/matrix",schemaPath:"#/properties/matrix/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err240];
}
else {
vErrors.push(err240);
}
errors++;
}
}
}
else {
const err241 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err241];
}
else {
vErrors.push(err241);
}
errors++;
}
validate10.errors = vErrors;
return errors === 0;
}
