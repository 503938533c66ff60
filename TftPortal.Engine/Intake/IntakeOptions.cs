namespace TftPortal.Engine.Intake;

/// <summary>The settings <c>Intake:*</c>.</summary>
public sealed class IntakeOptions
{
    /// <summary>
    /// Which profile a server has whose readings name none: for each profile, parts of server names, separated by commas, any case.
    /// The part found nearest the start of the name decides, of those the longest; a server without one is <c>generic</c>.
    /// </summary>
    /// <value>Keys are the names of profiles; the old system's naming by default.</value>
    public Dictionary<string, string> ProfilePatterns { get; } = new(StringComparer.Ordinal)
    {
        ["ml_compute"] = "ppml, ppgpu",
        ["database"] = "ppdb, oracle, postgres, mysql, mongo",
        ["web_api"] = "ppweb, ppapi, nginx, tomcat",
        ["conductor_mgmt"] = "ppcon, conductor",
        ["data_ingest"] = "ppetl, ppkafka, spark, flink",
        ["risk_analytics"] = "pprisk, credit, quant",
    };
}
