namespace TftPortal.Tests;
public class Smoke { [Fact] public void Builds() => Assert.Equal(14, TftPortal.Engine.Fleet.MetricCatalog.Count); }
