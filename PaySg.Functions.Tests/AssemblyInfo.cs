global using Xunit;

[assembly: TestFramework("PaySg.Functions.Tests.Fixtures.WatchedRun", "PaySg.Functions.Tests")]
[assembly: TestCollectionOrderer("PaySg.Functions.Tests.Fixtures.AtTheEnd", "PaySg.Functions.Tests")]
